import { corpus, secret } from '../../assessment/__testUtils__/corpus';
import { Messenger } from './Messenger';
import { notifyAction } from './notifyAction';

async function tell(text: string) {
  const send = jest.fn();
  const action = notifyAction(new Messenger({ send }, ['user:default/ada']));
  await action.begin({
    alert: { id: 'a1', priority: 'Critical', rule: text, pod: text },
    decision: { id: 'd1' },
    rule: {},
  } as any);
  return send.mock.calls[0][0].payload;
}

describe('a notification about an alert', () => {
  it.each(corpus)('shows all that it says: %.60j', async text => {
    const { title } = await tell(text);
    expect(title).toMatch(/^Critical: ./);
    expect(title).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });

  it.each(corpus.filter(text => /[=:]Tr0ub/.test(text)))(
    'gives no secret away: %.60j',
    async text => {
      expect(JSON.stringify(await tell(text))).not.toContain(secret);
    },
  );
});

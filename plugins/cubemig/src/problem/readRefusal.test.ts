import { ErrorAnswer, serveApi } from '../__testing__';
import { readRefusal } from './readRefusal';

describe('readRefusal', () => {
  it("finds the backend's message, field and remedy in its answer", async () => {
    const client = serveApi(
      () =>
        new ErrorAnswer(400, {
          name: 'InputError',
          message: 'must differ from sourceCluster',
          field: 'targetCluster',
          remedy: 'Choose another cluster.',
        }),
    );
    const error = await client.getClusters().catch(e => e);
    expect(readRefusal(error)).toEqual({
      message: 'must differ from sourceCluster',
      field: 'targetCluster',
      remedy: 'Choose another cluster.',
    });
  });

  it('falls back to what any error says', () => {
    expect(readRefusal(new TypeError('Failed to fetch'))).toEqual({
      message: 'Failed to fetch',
    });
    expect(readRefusal('broken')).toEqual({ message: 'broken' });
  });
});

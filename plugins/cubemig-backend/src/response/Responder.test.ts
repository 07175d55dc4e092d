import { mockServices } from '@backstage/backend-test-utils';
import { AlertLease, AlertRecord } from '../alerts';
import { ResponseActions } from './actions';
import { DecisionChange, DecisionRecord, DecisionStore } from './decisions';
import { GuardFacts } from './guards';
import { Responder } from './Responder';
import { responseConfigSchema } from './responseConfig';

const lease: AlertLease = { holder: 'h', epoch: 1 };
const alert = {
  id: 'a1',
  cluster: 'c1',
  namespace: 'demo',
  pod: 'p',
  podUid: 'u1',
  podLabels: {},
} as AlertRecord;
const rule = {
  id: 'r1',
  revision: 1,
  action: 'evidence',
} as GuardFacts['rule'];

/** A decision that waits to be carried out, and the world as it is when its turn comes. */
async function act(
  decision: Partial<DecisionRecord>,
  world: Partial<GuardFacts> = {},
) {
  const changes: DecisionChange[] = [];
  const begin = jest.fn(async () => ({
    status: 'acting' as const,
    outcome: 'begun',
  }));
  const actions = new ResponseActions();
  actions.addAction({ name: 'evidence', touchesPod: true, begin });
  const waiting = {
    id: 'd1',
    alert: alert.id,
    rule: { id: rule.id, name: 'r', revision: 1 },
    action: rule.action,
    status: 'pending',
    createdAt: new Date().toISOString(),
    touchesPod: true,
    ...decision,
  } as DecisionRecord;
  const responder = new Responder({
    actions,
    alerts: { getRecord: async () => alert, listDue: async () => [] },
    decisions: {
      listByStatus: async () => [waiting],
      update: async (_lease, _id, change) => {
        changes.push(change);
      },
    } as Partial<DecisionStore> as DecisionStore,
    facts: {
      read: async () => ({
        now: Date.now(),
        alert,
        rule,
        touchesPod: true,
        config: responseConfigSchema.parse({}),
        grantedNamespaces: ['demo'],
        protectedNamespaces: [],
        isSwitchedOn: true,
        pod: {
          uid: 'u1',
          labels: {},
          hasContainer: true,
          isTerminating: false,
        },
        migrations: [],
        earlier: [],
        ...world,
      }),
    } as any,
    listener: { onDecided: async () => {}, onChanged: async () => {} },
    logger: mockServices.logger.mock(),
    migrations: { get: async () => undefined },
    rules: { get: async () => rule } as any,
    maxAlertAgeSeconds: 900,
  });
  await responder.act(lease);
  return { begin, changes };
}

describe('a decision whose turn has come', () => {
  it.each([
    ['by itself', undefined],
    ['approved', 'user:default/ada'],
  ])('is carried out, %s', async (_how, actor) => {
    const { begin } = await act({ actor });
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['by itself', undefined],
    ['approved', 'user:default/ada'],
  ])(
    'is not, %s, once somebody has switched responses off',
    async (_how, actor) => {
      const { begin, changes } = await act({ actor }, { isSwitchedOn: false });
      expect(begin).not.toHaveBeenCalled();
      expect(changes).toEqual([
        {
          status: 'not-acted',
          outcome: expect.stringContaining('switched off'),
        },
      ]);
    },
  );

  it('is carried on with, if it was begun before', async () => {
    const { begin } = await act({ status: 'acting' }, { isSwitchedOn: false });
    expect(begin).toHaveBeenCalledTimes(1);
  });
});

describe('an alert that cannot be decided about', () => {
  const calmFacts = {
    now: Date.now(),
    rule,
    touchesPod: false,
    config: responseConfigSchema.parse({}),
    isSwitchedOn: true,
    ofAlert: [],
    earlier: [],
  };

  /** One whose pod's cluster never answers, before another. */
  async function decide(receivedAt: string) {
    const poisoned = {
      ...alert,
      id: 'poisoned',
      receivedAt,
      lastAt: receivedAt,
    };
    const calm = { ...poisoned, id: 'calm' };
    const concluded: [string, object][] = [];
    const putOff: string[] = [];
    const responder = new Responder({
      actions: new ResponseActions(),
      alerts: {
        getRecord: async () => undefined,
        listDue: async () => [poisoned, calm],
      },
      decisions: {
        conclude: async (_lease, id, { decisions, trouble }) => {
          concluded.push([id, { decisions: decisions.length, trouble }]);
        },
        putOff: async (_lease, id) => {
          putOff.push(id);
        },
      } as Partial<DecisionStore> as DecisionStore,
      facts: {
        read: async ({ id }: AlertRecord) => {
          if (id === 'poisoned') throw new Error('no answer');
          return { ...calmFacts, alert: calm };
        },
      } as any,
      listener: {
        onDecided: async () => {
          throw new Error('nobody listens');
        },
        onChanged: async () => {},
      },
      logger: mockServices.logger.mock(),
      migrations: { get: async () => undefined },
      rules: { list: async () => [{ ...rule, match: {} }] } as any,
      maxAlertAgeSeconds: 900,
    });
    await responder.decide(lease, 10);
    return { concluded, putOff };
  }
  it('holds up no other, and is tried again', async () => {
    const { concluded, putOff } = await decide(new Date().toISOString());
    expect(putOff).toEqual(['poisoned']);
    expect(concluded).toEqual([['calm', { decisions: 1 }]]);
  });

  it('is left aside in the end, with the reason', async () => {
    const { concluded, putOff } = await decide('2026-01-01T00:00:00.000Z');
    expect(putOff).toEqual([]);
    expect(concluded).toEqual([
      ['poisoned', { decisions: 0, trouble: 'no answer' }],
      ['calm', { decisions: 1 }],
    ]);
  });
});

describe('two rules that want the same', () => {
  it('lead to it once, though neither has a cooldown', async () => {
    const concluded: DecisionRecord[] = [];
    const each = { action: 'checkpoint', cooldownSeconds: 0, mode: 'auto' };
    const responder = new Responder({
      actions: new ResponseActions(),
      alerts: {
        getRecord: async () => undefined,
        listDue: async () => [
          { ...alert, receivedAt: new Date().toISOString() } as AlertRecord,
        ],
      },
      decisions: {
        conclude: async (_lease, _id, { decisions }) => {
          concluded.push(...decisions);
        },
      } as Partial<DecisionStore> as DecisionStore,
      facts: {
        read: async (of: AlertRecord, asked: GuardFacts['rule']) => ({
          now: Date.now(),
          alert: { ...of, lastAt: new Date().toISOString() },
          rule: asked,
          touchesPod: false,
          config: responseConfigSchema.parse({}),
          isSwitchedOn: true,
          ofAlert: [],
          earlier: [],
        }),
      } as any,
      listener: { onDecided: async () => {}, onChanged: async () => {} },
      logger: mockServices.logger.mock(),
      migrations: { get: async () => undefined },
      rules: {
        list: async () => [
          { ...rule, ...each, id: 'r1', match: {}, continue: true },
          { ...rule, ...each, id: 'r2', match: {} },
        ],
      } as any,
      maxAlertAgeSeconds: 900,
    });
    await responder.decide(lease, 10);
    expect(concluded).toMatchObject([
      { rule: { id: 'r1' }, verdict: 'act' },
      { rule: { id: 'r2' }, verdict: 'suppress', guard: 'same-alert' },
    ]);
  });
});

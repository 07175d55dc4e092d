import { migrationRequestSchema } from '@cubemig/plugin-cubemig-common';
import { responseConfigSchema } from '../responseConfig';
import { askGuards, guards } from './askGuards';
import { EarlierDecision, GuardFacts } from './GuardFacts';
import { fc } from '../../__testUtils__/fc';

const now = Date.parse('2026-11-23T10:00:00Z');

type Change = {
  [Field in keyof GuardFacts]?: Partial<GuardFacts[Field]>;
};

/** Facts that no guard has anything against, but for the change. */
function facts(change: Change = {}): GuardFacts {
  const base: GuardFacts = {
    now,
    touchesPod: true,
    isSwitchedOn: true,
    grantedNamespaces: ['demo', 'quarantine'],
    protectedNamespaces: ['kube-system'],
    targetCluster: 'c2',
    migrations: [],
    ofAlert: [],
    earlier: [],
    config: responseConfigSchema.parse({
      quarantine: { clusters: ['c3'], namespace: 'quarantine' },
    }),
    pod: { uid: 'u', labels: {}, hasContainer: true, isTerminating: false },
    alert: {
      id: 'a',
      kind: 'alert',
      cluster: 'c1',
      rule: 'Terminal shell in container',
      priority: 'Notice',
      source: 'syscall',
      tags: [],
      namespace: 'demo',
      pod: 'shop-1',
      podUid: 'u',
      podLabels: {},
      containerId: '123456789abc',
      workload: { kind: 'Deployment', name: 'shop' },
      lineage: 'c1/demo/Deployment/shop',
      output: '',
      fields: {},
      occurrences: 1,
      firstAt: '2026-11-23T09:59:50.000Z',
      lastAt: '2026-11-23T09:59:50.000Z',
      receivedAt: '2026-11-23T09:59:51.000Z',
      attempts: 0,
    },
    rule: {
      id: 'r',
      name: 'rule',
      revision: 1,
      position: 0,
      origin: 'user',
      updatedAt: '',
      updatedBy: '',
      match: {},
      action: 'migrate',
      target: { cluster: 'c2' },
      contain: 'none',
      forensicAnalysis: false,
      aiAssessment: false,
      mode: 'auto',
      cooldownSeconds: 3600,
      continue: false,
    },
  };
  const changed: any = { ...base };
  for (const [field, value] of Object.entries(change)) {
    const isObject =
      value && typeof value === 'object' && !Array.isArray(value);
    changed[field] = isObject
      ? { ...(base[field as keyof GuardFacts] as object), ...(value as object) }
      : value;
  }
  return changed;
}

function decision(change: Partial<EarlierDecision> = {}): EarlierDecision {
  return {
    cluster: 'c1',
    lineage: 'c1/demo/Deployment/shop',
    rule: 'r',
    action: 'migrate',
    status: 'succeeded',
    createdAt: now - 60_000,
    touchesPod: true,
    wasUseless: false,
    ...change,
  };
}

function migration(change: object = {}): any {
  const place = { cluster: 'c1', namespace: 'demo', pod: 'shop-1' };
  return {
    id: 'm',
    order: migrationRequestSchema.parse({
      mode: 'checkpoint',
      sourceCluster: 'c1',
      namespace: 'demo',
      pod: 'shop-1',
    }),
    source: place,
    target: { ...place, cluster: 'c2' },
    ...change,
  };
}

function ofAlert(change: object) {
  const rule = { id: 'other', name: 'other', revision: 1 };
  return { rule, action: 'migrate', status: 'succeeded' as const, ...change };
}

const other = 'c1/demo/Deployment/other';
const long = now - 7200_000;

describe('askGuards', () => {
  it('lets pass what nothing stands against', () => {
    expect(askGuards(facts())).toBeUndefined();
  });

  it.each<[string, Change]>([
    ['switched-off', { isSwitchedOn: false }],
    ['stale', { alert: { lastAt: '2026-11-23T09:40:00.000Z' } }],
    ['same-alert', { ofAlert: [ofAlert({ status: 'failed' })] }],
    ['cooldown', { earlier: [decision()] }],
    ['cooldown', { earlier: [decision({ cluster: 'c2', action: 'x' })] }],
    ['cooldown', { earlier: [decision({ status: 'awaiting-approval' })] }],
    [
      'breaker-workload',
      {
        earlier: [
          decision({ createdAt: long, status: 'failed' }),
          decision({ createdAt: long, wasUseless: true }),
        ],
      },
    ],
    [
      'breaker-cluster',
      {
        earlier: Array(5).fill(
          decision({ lineage: other, createdAt: long, status: 'failed' }),
        ),
      },
    ],
    [
      'limit-cluster',
      {
        earlier: Array(3).fill(decision({ lineage: other, status: 'acting' })),
      },
    ],
    [
      'limit-overall',
      {
        earlier: Array(10).fill(
          decision({ lineage: other, cluster: 'c9', status: 'pending' }),
        ),
      },
    ],
    [
      'limit-hour',
      { earlier: Array(30).fill(decision({ lineage: other, cluster: 'c9' })) },
    ],
    ['no-pod', { alert: { podUid: undefined } }],
    ['namespace-protected', { alert: { namespace: 'elsewhere' } }],
    [
      'namespace-protected',
      { alert: { namespace: 'demo' }, protectedNamespaces: ['demo'] },
    ],
    [
      'own-checkpoint',
      {
        alert: { rule: 'PTRACE attached to process' },
        migrations: [migration()],
      },
    ],
    [
      'own-checkpoint',
      {
        alert: { rule: 'PTRACE attached to process', cluster: 'c2' },
        targetCluster: 'c1',
        migrations: [migration({ finishedAt: '2026-11-23T09:59:40Z' })],
      },
    ],
    ['being-migrated', { migrations: [migration()] }],
    ['pod-gone', { pod: undefined }],
    ['pod-gone', { pod: { hasContainer: false } }],
    ['pod-gone', { pod: { isTerminating: true } }],
    ['daemon-set', { alert: { workload: { kind: 'DaemonSet', name: 'x' } } }],
    [
      'single-replica',
      { config: { protectSingleReplicas: true }, pod: { replicas: 1 } },
    ],
    ['quarantine', { alert: { cluster: 'c3', namespace: 'quarantine' } }],
    ['target', { targetCluster: undefined }],
    ['target', { targetCluster: 'c1' }],
    ['hops', { pod: { labels: { 'cubemig.io/hops': '1' } } }],
    ['hops', { pod: { labels: { 'cubemig.io/hops': 'many' } } }],
  ])('%s: %j', (guard, change) => {
    expect(askGuards(facts(change))?.guard).toBe(guard);
  });

  it.each<[string, Change]>([
    [
      'another workload is cooling down',
      { earlier: [decision({ lineage: other })] },
    ],
    ['the cooldown is over', { earlier: [decision({ createdAt: long })] }],
    [
      'the alert has led to something else',
      { ofAlert: [ofAlert({ action: 'notify' })] },
    ],
    [
      'the same was only tried',
      { ofAlert: [ofAlert({ status: 'not-acted' })] },
    ],
    ['it was rejected', { earlier: [decision({ status: 'rejected' })] }],
    ['it was a message', { earlier: [decision({ touchesPod: false })] }],
    [
      'a checkpoint leaves the quarantine untouched',
      {
        alert: { cluster: 'c3', namespace: 'quarantine' },
        rule: { action: 'checkpoint', target: undefined },
      },
    ],
    [
      'another namespace of the quarantine cluster',
      { alert: { cluster: 'c3', namespace: 'demo' } },
    ],
    [
      'there are more replicas',
      { config: { protectSingleReplicas: true }, pod: { replicas: 2 } },
    ],
    [
      'PTRACE without a migration',
      { alert: { rule: 'PTRACE attached to process' } },
    ],
    [
      'the migration of before is over',
      { migrations: [migration({ finishedAt: '2026-11-23T09:59:40Z' })] },
    ],
    [
      'the failures are long ago',
      {
        earlier: Array(9).fill(
          decision({ createdAt: now - 90_000_000, status: 'failed' }),
        ),
      },
    ],
  ])('has nothing against it if %s', (_, change) => {
    expect(askGuards(facts(change))).toBeUndefined();
  });

  it('lets a message pass that pods stand against, but not one after the other', () => {
    const message = {
      touchesPod: false,
      isSwitchedOn: false,
      rule: { action: 'notify' },
      alert: { podUid: undefined },
    };
    expect(askGuards(facts(message))).toBeUndefined();
    const earlier = [decision({ touchesPod: false })];
    expect(askGuards(facts({ ...message, earlier }))?.guard).toBe('cooldown');
    const ofOther = [decision({ touchesPod: false, rule: 'other' })];
    expect(askGuards(facts({ ...message, earlier: ofOther }))).toBeUndefined();
  });

  it('asks what may have changed again after an approval', () => {
    const approved = (change: Change) =>
      askGuards(facts(change), { isDecided: true })?.guard;
    expect(approved({ earlier: [decision()] })).toBeUndefined();
    expect(approved({ pod: undefined })).toBe('pod-gone');
    expect(approved({ isSwitchedOn: false })).toBe('switched-off');
  });

  it('never acts on a workload twice within the cooldown, whatever was decided before', () => {
    const any = fc.record({
      status: fc.constantFrom('pending', 'acting', 'succeeded', 'failed'),
      action: fc.constantFrom('migrate', 'checkpoint'),
      ageMs: fc.integer({ min: 0, max: 3_599_999 }),
      cluster: fc.constantFrom('c1', 'c2'),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 9 }), before => {
        const earlier = before.map(({ ageMs, ...rest }) =>
          decision({ ...rest, createdAt: now - ageMs }),
        );
        expect(askGuards(facts({ earlier }))).toBeDefined();
      }),
    );
  });

  it('has one name a guard', () => {
    const names = guards.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

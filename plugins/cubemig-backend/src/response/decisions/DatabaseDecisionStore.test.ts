import { TestDatabases } from '@backstage/backend-test-utils';
import { alert, createAlertStore } from '../../alerts/__testUtils__/alertStore';
import { DatabaseDecisionStore } from './DatabaseDecisionStore';
import { DecisionRecord } from './DecisionStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const lineage = 'c1/demo/Deployment/shop';

describe('DatabaseDecisionStore', () => {
  it('tells guards of what was done to a pod, however much was noted since', async () => {
    const knex = await databases.init('SQLITE_3');
    const { store: alerts, lease } = await createAlertStore(knex);
    const store = new DatabaseDecisionStore(knex, alerts);
    await alerts.add([alert()]);
    const [found] = (await alerts.fold(lease, 600)).opened;
    const decide = (minute: number, change: Partial<DecisionRecord>) => {
      const time = new Date(Date.UTC(2026, 10, 23, 0, minute)).toISOString();
      return {
        id: `d${minute}`,
        alert: found,
        rule: { id: `r${minute}`, name: 'r', revision: 1 },
        verdict: 'act',
        status: 'succeeded',
        cluster: 'c1',
        lineage,
        createdAt: time,
        updatedAt: time,
        ...change,
      } as DecisionRecord;
    };
    // A rule that logs each alert lets an attacker make as many as he likes.
    const noise = Array.from({ length: 1200 }, (_, i) =>
      decide(i + 1, { action: 'log', touchesPod: false }),
    );
    const conclude = (decisions: DecisionRecord[]) =>
      store.conclude(lease, found, { decisions, judgedBy: 'rules' });
    await conclude([decide(0, { action: 'migrate', touchesPod: true })]);
    for (let i = 0; i < noise.length; i += 100) {
      await conclude(noise.slice(i, i + 100));
    }
    const earlier = await store.listEarlier({
      cluster: 'c1',
      lineage,
      since: new Date(Date.UTC(2026, 10, 22)).toISOString(),
    });
    expect(earlier).toContainEqual(
      expect.objectContaining({ action: 'migrate', touchesPod: true }),
    );
  });
});

import { TestDatabases } from '@backstage/backend-test-utils';
import { createRun } from '../__testUtils__/createRun';
import { containSource } from './containSource';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function isolate(spec: { hostNetwork?: boolean }) {
  const { run, source, store } = await createRun(databases);
  const pod = await source.create('Pod', {
    metadata: { namespace: 'demo', name: 'p' },
    spec: { ...spec, containers: [] },
  });
  await run.save(
    {
      source: { ...run.migration.source, uid: pod.metadata!.uid },
      order: { ...run.migration.order, contain: 'isolate' },
    },
    { pod },
  );
  await containSource(run);
  const said = await store.listEvents(run.migration.id);
  return { source, said: said.map(({ message }) => message).join('\n') };
}

describe('the isolation of a source', () => {
  it('lets no traffic in or out of the very pod', async () => {
    const { source, said } = await isolate({});
    const [{ spec }] = await source.list('NetworkPolicy', {
      namespace: 'demo',
    });
    const pod = await source.get('Pod', { namespace: 'demo', name: 'p' });
    expect(spec?.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec?.ingress ?? spec?.egress).toBeUndefined();
    expect(pod?.metadata?.labels).toEqual(spec?.podSelector?.matchLabels);
    expect(said).toContain('Cut the source pod');
  });

  it('is not claimed of a pod that no NetworkPolicy holds', async () => {
    const { said } = await isolate({ hostNetwork: true });
    expect(said).not.toContain('Cut the source pod');
    expect(said).toContain('is not cut off');
  });
});

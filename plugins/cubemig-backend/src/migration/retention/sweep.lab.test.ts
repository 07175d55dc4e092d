import { mockServices } from '@backstage/backend-test-utils';
import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { waitFor } from '../../clusters';
import { useLab } from '../__testUtils__/useLab';
import { createRegistryClient } from '../createRegistryClient';
import { Retention } from './Retention';

const HOUR_MS = 3_600_000;
const jobs = { namespace: 'cubemig' };

describe('in the lab', () => {
  const used = useLab(
    {
      portBase: 21_480,
      subnet: 219,
      manifests: [
        `cluster1=${join(__dirname, '../__fixtures__/workloads.yaml')}`,
      ],
    },
    { pods: ['solo'] },
  );

  it('removes from its node what a killed courier has left, and asks no other', async () => {
    const { lab, migrations } = used;
    const { config, store } = migrations;
    const order = { mode: 'checkpoint' as const, pod: 'solo' };
    const good = await migrations.run(order);
    expect(good.status).toBe('completed');

    await lab.fault({ fault: 'registry-slow', seconds: 1 });
    const running = migrations.run(order);
    const [noteFile, content] = await lab.awaitFile(
      /\/\.cubemig-[^/]+\.json$/,
      '"archive"',
    );
    const note = JSON.parse(content);
    lab.killCourier(note.migration);
    await lab.mend();
    const ended = await running;
    expect(ended).toMatchObject({ id: note.migration, status: 'failed' });
    const archive = join(dirname(noteFile), note.archive);
    expect(lab.listFiles()).toContain(archive);

    const registry = createRegistryClient(config);
    const logger = mockServices.logger.mock();
    const retention = new Retention({
      store,
      retention: store.retention,
      clusters: lab.clusters,
      registry,
      config,
      logger,
    });
    // Its courier may still be at work.
    await retention.run();
    expect(lab.listFiles()).toContain(archive);
    // An hour later; the node's clock is this machine's.
    writeFileSync(
      noteFile,
      JSON.stringify({
        ...note,
        askedAt: note.askedAt - HOUR_MS,
        doneBy: note.doneBy - HOUR_MS,
      }),
    );
    await retention.run(Date.now() + HOUR_MS);
    expect(logger.warn).not.toHaveBeenCalled();
    expect(lab.listFiles()).not.toContain(archive);
    expect(lab.listFiles()).not.toContain(noteFile);
    const { node } = ended.source;
    const swept = `Swept ${node} of cluster1: removed 1 archives`;
    expect(logger.info).toHaveBeenCalledWith(swept);

    // Once is enough; its Job is gone.
    await retention.run(Date.now() + HOUR_MS);
    expect(
      logger.info.mock.calls.filter(([text]) => text.startsWith('Swept')),
    ).toHaveLength(1);
    await waitFor(
      lab.admin('cluster1'),
      'Job',
      { ...jobs, labelSelector: LABEL_MIGRATION },
      {
        timeoutMs: 60_000,
        signal: new AbortController().signal,
        what: 'Removing the Jobs',
      },
      left => left.length === 0 || undefined,
    );
    await registry.close();
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { LABEL_SIMULATION } from '@cubemig/plugin-cubemig-common';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabases } from '../__testUtils__/createDatabases';
import { KubePod } from '../clusters';
import { MemoryCluster } from '../clusters/__testUtils__/MemoryCluster';
import { ProblemError } from '../failures';
import { createDatabase } from '../forensics/__testUtils__/reports';
import { PodReader } from '../pods';
import { attacks } from './attacks';
import { CommandResult, PodShell } from './exec';
import { simulationConfigSchema } from './simulationConfig';
import { SimulationService } from './SimulationService';
import { SimulationStore } from './SimulationStore';

const databases = createDatabases();
const request = {
  cluster: 'c1',
  namespace: 'demo',
  pod: 'vuln-web-1',
  attack: 'log_removal' as const,
};

function pod(name: string, labels: Record<string, string>, phase = 'Running') {
  return {
    metadata: { namespace: 'demo', name, labels },
    spec: { containers: [{ name: 'web', image: 'i' }] },
    status: { phase },
  } as KubePod;
}

describe.each(databases.eachSupportedId())(
  'SimulationService %s',
  databaseId => {
    async function create(
      run: PodShell['run'] = async () => ({ exitCode: 0, output: 'done' }),
      config: object = {},
    ) {
      const { knex } = await createDatabase(databases, databaseId);
      const cluster = new MemoryCluster('c1');
      const allowed = { app: 'vuln-web', [LABEL_SIMULATION]: 'allowed' };
      await cluster.create('Pod', pod('vuln-web-0', allowed, 'Pending'));
      await cluster.create('Pod', pod('vuln-web-1', allowed));
      await cluster.create('Pod', pod('plain', { app: 'plain' }));
      const clusters = {
        list: async () => [{ name: 'c1' }, { name: 'c2' }],
        getClient: async () => cluster,
      };
      const shell = { run: jest.fn(run) };
      const service = new SimulationService({
        clusters,
        config: simulationConfigSchema.parse(config),
        logger: mockServices.logger.mock(),
        namespaces: ['demo'],
        pods: new PodReader(clusters, ['demo']),
        shell,
        store: new SimulationStore(knex),
      });
      return { service, shell };
    }

    it('runs an attack and keeps what came of it', async () => {
      const { service, shell } = await create();
      const started = await service.start(request, 'user:a');
      expect(started).toMatchObject({ status: 'running', container: 'web' });
      await service.whenIdle();
      expect(await service.get(started.id)).toMatchObject({
        status: 'completed',
        exitCode: 0,
        output: 'done',
        createdBy: 'user:a',
      });
      expect(shell.run.mock.calls[0].slice(0, 2)).toEqual([
        expect.objectContaining({ pod: 'vuln-web-1', container: 'web' }),
        ['sh', '-c', expect.stringContaining('auth.log')],
      ]);
      expect(await service.list(10)).toHaveLength(1);
    });

    it.each([
      ['without the label', { pod: 'plain' }, `${LABEL_SIMULATION}=allowed`],
      ['that does not run', { pod: 'vuln-web-0' }, 'Wait until it runs'],
      ['that is not there', { pod: 'gone' }, 'there is no pod'],
      ['outside what is granted', { namespace: 'prod' }, 'cubemig.namespaces'],
      ['without such a container', { container: 'x' }, "not 'x'"],
    ])('refuses a pod %s', async (_name, change, text) => {
      const { service, shell } = await create();
      await expect(
        service.start({ ...request, ...change }, 'u'),
      ).rejects.toThrow(text);
      expect(shell.run).not.toHaveBeenCalled();
    });

    it('can be switched off', async () => {
      const { service } = await create(undefined, { enabled: false });
      await expect(service.start(request, 'u')).rejects.toThrow(
        'cubemig.simulation.enabled',
      );
    });

    it('runs one at a time in a pod', async () => {
      let end: (result: CommandResult) => void = () => {};
      const { service } = await create(
        () =>
          new Promise(resolve => {
            end = resolve;
          }),
      );
      await service.start(request, 'u');
      await expect(service.start(request, 'u')).rejects.toThrow('simulated in');
      end({ exitCode: 0, output: '' });
      await service.whenIdle();
      await service.start(request, 'u');
      end({ exitCode: 127, output: 'sh: shred: not found' });
      await service.whenIdle();
      expect((await service.list(1))[0]).toMatchObject({
        status: 'failed',
        exitCode: 127,
        problem: { code: 'simulation-exit' },
      });
    });

    it('tells what kept it from running', async () => {
      const problem = { code: 'exec-forbidden', message: 'm', remedy: 'r' };
      const { service } = await create(async () => {
        throw new ProblemError(problem);
      });
      const { id } = await service.start(request, 'u');
      await service.whenIdle();
      expect(await service.get(id)).toMatchObject({
        status: 'failed',
        problem,
      });
    });

    it("finds an application's pod, as the original does", async () => {
      const { service } = await create();
      expect(
        await service.startByApp('vuln-web', 'reverse_shell', 'u'),
      ).toMatchObject({ pod: 'vuln-web-1', attack: 'reverse_shell' });
      await expect(
        service.startByApp('plain', 'reverse_shell', 'u'),
      ).rejects.toThrow('appName');
    });

    it('lists pods, each with why it may not be used', async () => {
      const { service } = await create();
      const found = await service.listPods('c1', 'demo');
      expect(found.map(p => [p.name, p.refusal?.code])).toEqual([
        ['vuln-web-0', 'simulation-pod-not-running'],
        ['vuln-web-1', undefined],
        ['plain', 'simulation-not-allowed'],
      ]);
    });
  },
);

describe('attacks', () => {
  it.each(attacks.map(attack => [attack.name, attack]))(
    '%s runs on a real system and leaves behind what it says',
    (_name, { script, leaves }) => {
      const before = leftOvers();
      const { status, stderr } = spawnSync('sh', ['-c', script], {
        encoding: 'utf8',
        timeout: 10_000,
      });
      expect([status, stderr]).toEqual([0, '']);
      const left = leftOvers().filter(file => !before.includes(file));
      left.forEach(file => rmSync(file));
      expect(left).toEqual(leaves ? [leaves] : []);
    },
  );
});

function leftOvers() {
  return ['/tmp', '/dev/shm'].flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.includes('cubemig-simulation'))
      .map(name => join(folder, name)),
  );
}

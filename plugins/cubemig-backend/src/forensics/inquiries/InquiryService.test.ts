import { mockServices } from '@backstage/backend-test-utils';
import { createDatabases } from '../../__testUtils__/createDatabases';
import { KubePod } from '../../clusters';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import { readCubemigConfig } from '../../config';
import {
  checkpointDigest,
  createDatabase,
  createMigration,
  repository,
} from '../__testUtils__/reports';
import { LABEL_INQUIRY } from './buildInquiryJob';
import { InquiryService } from './InquiryService';
import { InquiryStore } from './InquiryStore';

const databases = createDatabases();
const key = { migration: 'm1', container: 'shop' };
const search = {
  kind: 'memory-search' as const,
  pattern: { text: 'needle' },
  context: 16,
  limit: 10,
};
const line = { version: 1, sequence: 1, time: '2026-11-23T00:00:00Z' };
const match = {
  pid: 7,
  command: 'sh',
  address: '0x7f00',
  length: 6,
  before: 'a ',
  found: 'needle',
  after: ' b',
  hex: '6120',
};

/** A cluster whose couriers end as a test says. */
class CourierCluster extends MemoryCluster {
  lines: unknown[] = [];

  async *followLog() {
    yield 'no JSON';
    for (const record of this.lines) yield JSON.stringify(record);
  }

  async endCourier(id: string, message: string, exitCode = 0) {
    await this.create('Pod', {
      metadata: {
        namespace: 'cubemig',
        name: 'courier-pod',
        labels: { [LABEL_INQUIRY]: id },
      },
      status: {
        containerStatuses: [
          { name: 'courier', state: { terminated: { exitCode, message } } },
        ],
      },
    } as unknown as KubePod);
  }
}

function result(id: string, change: object = {}) {
  return JSON.stringify({
    version: 1,
    migration: id,
    checkpoints: [],
    records: { count: 1, isCut: true },
    ...change,
  });
}

describe.each(databases.eachSupportedId())('InquiryService %s', databaseId => {
  async function create() {
    const { knex, reports } = await createDatabase(
      databases,
      databaseId,
      createMigration('m1'),
    );
    await reports.expect({
      ...key,
      subject: { cluster: 'c1', namespace: 'demo', pod: 'shop-1' },
      source: {
        repository,
        image: checkpointDigest,
        digest: checkpointDigest,
        bytes: 1,
      },
    });
    const cluster = new CourierCluster('c1');
    const service = new InquiryService({
      clusters: { list: async () => [], getClient: async () => cluster },
      config: readCubemigConfig(
        mockServices.rootConfig({
          data: {
            cubemig: {
              namespaces: ['demo'],
              courier: { image: 'courier' },
              registry: { host: 'r', clientCertificateSecret: 'client' },
              forensics: { decryptionSecret: 'keys' },
            },
          },
        }),
      ),
      reports,
      store: new InquiryStore(knex),
    });
    return { service, cluster };
  }

  it('sends a courier without powers, and fetches what it found once', async () => {
    const { service, cluster } = await create();
    const { id, status } = await service.start(key, search, 'user:a');
    expect(status).toBe('running');
    const [job] = await cluster.list('Job', { namespace: 'cubemig' });
    const pod = job.spec!.template.spec!;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
    });
    expect(pod.volumes!.map(({ name }) => name)).toEqual([
      'temporary',
      'registry',
      'registry-tls',
      'decryption',
    ]);
    expect(JSON.parse(pod.containers[0].env![0].value!)).toMatchObject({
      task: 'search-memory',
      registry: {
        repository,
        clientCertificate: { certificate: 'tls.crt', key: 'tls.key' },
      },
      digest: checkpointDigest,
      secrets: 'masked',
    });
    expect(await service.get(id, 'user:a')).toMatchObject({
      status: 'running',
    });

    cluster.lines = [{ ...line, type: 'match', ...match }, { type: 'match' }];
    await cluster.endCourier(id, result(id));
    const expected = {
      status: 'succeeded',
      result: { kind: 'memory-search', matches: [match], isCut: true },
    };
    expect(await service.get(id, 'user:a')).toMatchObject(expected);
    expect(await cluster.list('Job', { namespace: 'cubemig' })).toEqual([]);
    cluster.lines = [];
    expect(await service.get(id, 'user:a')).toMatchObject(expected);
  });

  it('keeps a revealed variable nowhere, and answers nobody else', async () => {
    const { service, cluster } = await create();
    const { id } = await service.start(
      key,
      { kind: 'variable', pid: 1, name: 'DB_PASSWORD', reason: 'to change it' },
      'user:a',
    );
    const variable = { pid: 1, name: 'DB_PASSWORD', value: 'hunter2' };
    cluster.lines = [{ ...line, type: 'variable', ...variable }];
    await cluster.endCourier(id, result(id));
    await expect(service.get(id, 'user:b')).rejects.toThrow('no inquiry');
    expect(await service.get(id, 'user:a')).toMatchObject({ result: variable });
    const again = await service.get(id, 'user:a');
    expect(again.status).toBe('succeeded');
    expect(again.result).toBeUndefined();
  });

  it.each([
    ['nonsense', 'not JSON', 0, 'no result'],
    ['no variable', result('x'), 0, 'no such variable'],
    [
      'a failure',
      result('x', { failure: { message: 'no key fits' } }),
      1,
      'no key fits',
    ],
  ])('fails with a reason at %s', async (_name, message, code, text) => {
    const { service, cluster } = await create();
    const { id } = await service.start(
      key,
      { kind: 'variable', pid: 1, name: 'A', reason: 'r' },
      'user:a',
    );
    await cluster.endCourier(id, message, code);
    expect(await service.get(id, 'user:a')).toMatchObject({
      status: 'failed',
      problem: { message: expect.stringContaining(text) },
    });
  });

  it('does not leave an inquiry under way whose Job was refused', async () => {
    const { service, cluster } = await create();
    cluster.refuse = verb => (verb === 'create' ? 'Forbidden' : undefined);
    for (let i = 0; i < 4; i++) {
      await expect(service.start(key, search, 'u')).rejects.toThrow('create');
    }
    cluster.refuse = () => undefined;
    expect(await service.start(key, search, 'u')).toMatchObject({
      status: 'running',
    });
  });

  it('refuses what there is no checkpoint for, and too much at a time', async () => {
    const { service } = await create();
    const other = { ...key, container: 'other' };
    await expect(service.start(other, search, 'u')).rejects.toThrow(
      "no examined checkpoint of 'other'",
    );
    const diff = { kind: 'file-diff' as const, with: other, limit: 1 };
    await expect(service.start(key, diff, 'u')).rejects.toThrow('other');
    for (let i = 0; i < 4; i++) await service.start(key, search, 'u');
    await expect(service.start(key, search, 'u')).rejects.toThrow('under way');
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { mediaTypes, pushArtifact, RegistryClient } from '@cubemig/oci';
import {
  makeEncryptionKeys,
  makeSigningKeys,
  MemoryRegistry,
} from '@cubemig/oci/testUtils';
import { courierMediaTypes } from '@cubemig/plugin-cubemig-common';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { createDatabases } from '../../__testUtils__/createDatabases';
import {
  attackedReport,
  checkpointDigest,
  createMigration,
  createDatabase,
  packReport,
  pushReport,
  repository,
} from '../__testUtils__/reports';
import { forensicsConfigSchema } from '../forensicsConfig';
import { ReportCollector } from './ReportCollector';

const databases = createDatabases();
const key = { migration: 'm1', container: 'shop' };

describe.each(databases.eachSupportedId())('ReportCollector %s', databaseId => {
  let server: MemoryRegistry;
  let registry: RegistryClient;

  beforeEach(async () => {
    server = await MemoryRegistry.start();
    registry = new RegistryClient({
      host: server.host,
      insecure: true,
      retry: { attempts: 1, pauseMs: 1 },
    });
  });
  afterEach(async () => {
    await registry.close();
    await server.stop();
  });

  async function collect(
    pushed: { digest: string; bytes: number } | undefined,
    config: {
      platformPrivateKey?: string;
      signers?: Map<string, string>;
    } = {},
  ) {
    const migration = createMigration('m1', pushed);
    const { reports } = await createDatabase(databases, databaseId, migration);
    const onStored = jest.fn();
    const collector = new ReportCollector({
      store: reports,
      registry,
      config: { forensics: forensicsConfigSchema.parse(undefined), ...config },
      logger: mockServices.logger.mock(),
      onStored,
    });
    await collector.expect(migration);
    await collector.whenIdle();
    return { reports, onStored, collector };
  }

  it('stores a report with its findings', async () => {
    const pushed = await pushReport(registry, packReport(attackedReport));
    const { reports, onStored } = await collect(pushed);
    const report = await reports.getReport(key);
    expect(report).toMatchObject({
      state: 'stored',
      attempts: 1,
      verdict: 'compromised',
      score: 100,
      findings: { critical: 2, high: 7, medium: 2, low: 2, info: 1 },
      subject: { cluster: 'c1', owner: { name: 'shop' } },
    });
    expect(report?.report).toEqual(attackedReport.report);
    expect(report?.forensics).toEqual(attackedReport.forensics);
    expect(onStored).toHaveBeenCalledWith(key);

    const grave = await reports.listFindings({
      severity: 'critical',
      workload: 'shop',
      entityRef: 'component:default/shop',
      offset: 0,
      limit: 1,
    });
    expect(grave.total).toBe(2);
    expect(grave.items).toMatchObject([
      { migration: 'm1', container: 'shop', subject: { pod: 'shop-1' } },
    ]);
    const other = { workload: 'other', offset: 0, limit: 10 };
    expect((await reports.listFindings(other)).total).toBe(0);
  });

  it('says so when the courier left no report', async () => {
    const { reports } = await collect(undefined);
    expect(await reports.listReports('m1')).toMatchObject([
      { state: 'unavailable', problem: { code: 'report-not-made' } },
    ]);
    expect(await reports.retry(key)).toBe(false);
  });

  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
  it.each<[string, Buffer, object]>([
    ['another structure', packReport({ version: 1 }), {}],
    ['another kind', packReport(attackedReport), { artifactType: 'a/b' }],
    ['another subject', packReport(attackedReport), { subject: undefined }],
    ['a bomb', bomb, {}],
    ['no gzip', Buffer.from('text'), {}],
    [
      'endless nesting',
      gzipSync(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`),
      {},
    ],
  ])('refuses %s for good', async (_name, content, change) => {
    const { reports } = await collect(
      await pushReport(registry, content, change),
    );
    expect(await reports.listReports('m1')).toMatchObject([
      { state: 'unavailable', problem: { code: 'report-malformed' } },
    ]);
  });

  it('takes only what is signed where signatures are asked for', async () => {
    const pushed = await pushReport(registry, packReport(attackedReport));
    const { publicKey } = makeSigningKeys();
    const unsigned = await collect(pushed, {
      signers: new Map([['c1', publicKey]]),
    });
    expect(await unsigned.reports.listReports('m1')).toMatchObject([
      { problem: { code: 'signature-missing' } },
    ]);
    const unknown = await collect(pushed, { signers: new Map() });
    expect(await unknown.reports.listReports('m1')).toMatchObject([
      { problem: { code: 'source-key-missing' } },
    ]);
  });

  it('reads what is encrypted to the platform, if it holds the key', async () => {
    const { publicKey, privateKey } = makeEncryptionKeys();
    const { digest, layerBytes } = await pushArtifact({
      registry,
      repository,
      tag: 'm1-shop.report',
      artifactType: courierMediaTypes.report,
      archive: Readable.from([packReport(attackedReport)]),
      compression: 'none',
      mediaType: courierMediaTypes.reportLayer,
      recipients: [publicKey],
      subject: {
        mediaType: mediaTypes.manifest,
        digest: checkpointDigest,
        size: 12,
      },
    });
    const pushed = { digest, bytes: layerBytes };
    const able = await collect(pushed, { platformPrivateKey: privateKey });
    expect((await able.reports.getReport(key))?.forensics).toEqual(
      attackedReport.forensics,
    );
    const unable = await collect(pushed);
    expect(await unable.reports.listReports('m1')).toMatchObject([
      { state: 'unavailable', problem: { code: 'report-key-missing' } },
    ]);
    const other = makeEncryptionKeys();
    const wrong = await collect(pushed, {
      platformPrivateKey: other.privateKey,
    });
    expect(await wrong.reports.listReports('m1')).toMatchObject([
      { state: 'unavailable', problem: { code: 'encryption-key' } },
    ]);
  });

  it('tries again what may pass, and at once when asked', async () => {
    const pushed = await pushReport(registry, packReport(attackedReport));
    server.intercept = () => ({ status: 503 });
    const { reports } = await collect(pushed);
    expect(await reports.listReports('m1')).toMatchObject([
      {
        state: 'pending',
        problem: { code: 'registry-unavailable' },
        nextAttemptAt: expect.any(String),
      },
    ]);
    server.intercept = () => undefined;
    expect(await reports.take(1000)).toBeUndefined();
    expect(await reports.retry(key)).toBe(true);
    expect(await reports.take(1000)).toMatchObject({ attempts: 1 });
    // Whoever has taken it is given time.
    expect(await reports.take(1000)).toBeUndefined();
  });
});

import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { digestOf, mediaTypes, RegistryClient } from '@cubemig/oci';
import {
  CheckpointReport,
  courierMediaTypes,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { gzipSync } from 'node:zlib';
import { sampleMigration } from '../../__testUtils__/sampleMigration';
import attacked from '../__fixtures__/attacked-report.json';
import clean from '../__fixtures__/clean-report.json';
import { DatabaseForensicsStore } from '../store';

/** Made of real checkpoints: a shop after a break-in, and before. */
export const attackedReport = attacked as unknown as CheckpointReport;
export const cleanReport = clean as unknown as CheckpointReport;

export const repository = 'cubemig/c1/demo/shop';
export const checkpointDigest = digestOf(Buffer.from('a checkpoint'));

/** A finished migration of the shop. */
export function createMigration(
  id: string,
  report?: { digest: string; bytes: number },
): Migration {
  const ordered = sampleMigration('shop-1', { id });
  return {
    ...ordered,
    status: 'completed',
    order: { ...ordered.order, forensicAnalysis: true },
    entityRef: 'component:default/shop',
    source: { ...ordered.source, owner: { kind: 'Deployment', name: 'shop' } },
    checkpoints: [
      {
        container: 'shop',
        image: `registry/${repository}@${checkpointDigest}`,
        archiveBytes: 1,
        layerBytes: 1,
        report,
      },
    ],
  };
}

/** A fresh database with all tables, and a row for each of these migrations. */
export async function createDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
  ...migrations: Migration[]
) {
  const knex = await databases.init(id);
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@cubemig/plugin-cubemig-backend',
      'migrations',
    ),
  });
  for (const migration of migrations) {
    await knex('migrations').insert({
      id: migration.id,
      status: migration.status,
      created_at: migration.createdAt,
      migration: JSON.stringify(migration),
      facts: '{}',
      lease_epoch: 0,
    });
  }
  return { knex, reports: new DatabaseForensicsStore(knex) };
}

/** Pushes content as the courier pushes a report; `change` spoils the manifest. */
export async function pushReport(
  registry: RegistryClient,
  content: Buffer,
  change: object = {},
) {
  const layer = await registry.uploadBlob(repository, content);
  const config = await registry.uploadBlob(repository, Buffer.from('{}'));
  const digest = await registry.putManifest(repository, 'm.report', {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: courierMediaTypes.report,
    config: { mediaType: mediaTypes.empty, ...config },
    layers: [{ mediaType: courierMediaTypes.reportLayer, ...layer }],
    subject: {
      mediaType: mediaTypes.manifest,
      digest: checkpointDigest,
      size: 12,
    },
    ...change,
  });
  return { digest, bytes: layer.size };
}

export function packReport(report: unknown) {
  return gzipSync(JSON.stringify(report));
}

import {
  AlertKind,
  Migration,
  MigrationStatus,
  priorities,
  stepNames,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { sampleMigration } from '../../src/__testUtils__/sampleMigration';
import { AlertRow, toRow } from '../../src/alerts/store/AlertRow';
import { columnsOf } from '../../src/migration/store/MigrationRow';

const HOUR = 3_600_000;
const CHUNK = 500;
const WORKLOADS = 200;
const RULES = 40;
const statuses: MigrationStatus[] = ['completed', 'failed', 'cancelled'];

const timeAgo = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Fills a new database as years of use would: workloads, clusters, priorities and times mixed. */
export async function fillDatabase(
  knex: Knex,
  { migrations, alerts }: { migrations: number; alerts: number },
) {
  await insertAll(knex, 'migrations', migrations, index => {
    const migration = migrationOf(index);
    return {
      id: migration.id,
      ...columnsOf(migration),
      active_pod: null,
      facts: '{}',
      lease_epoch: 1,
    };
  });
  await insertAll(knex, 'alerts', alerts, index => alertOf(index, alerts));
  await knex.raw('analyze');
}

async function insertAll(
  knex: Knex,
  table: string,
  count: number,
  rowOf: (index: number) => object,
) {
  await knex.transaction(async transaction => {
    for (let done = 0; done < count; done += CHUNK) {
      const size = Math.min(CHUNK, count - done);
      const rows = Array.from({ length: size }, (_, i) => rowOf(done + i));
      await transaction.batchInsert(table, rows, 20);
    }
  });
}

/** One an hour. */
function migrationOf(index: number): Migration {
  const workload = `service-${index % WORKLOADS}`;
  const pod = `${workload}-7d9f8b6c5d-${index.toString(36).padStart(5, '0')}`;
  const startedAt = timeAgo(index * HOUR);
  return sampleMigration(pod, {
    id: randomUUID(),
    status: statuses[index % 10 < 8 ? 0 : (index % 10) - 7],
    mode: index % 7 === 0 ? 'copy' : 'move',
    trigger: { kind: 'user' },
    entityRef: `component:default/${workload}`,
    createdAt: startedAt,
    startedAt,
    finishedAt: timeAgo(index * HOUR - 6000),
    source: {
      cluster: `c${1 + (index % 3)}`,
      namespace: 'demo',
      pod,
      owner: { kind: 'Deployment', name: workload, uid: `uid-of-${workload}` },
    },
    steps: stepNames.map(name => ({
      name,
      status: 'succeeded',
      startedAt,
      finishedAt: startedAt,
    })),
    warnings: ['Established TCP connections stay with the source.'],
  } as Partial<Migration> & Pick<Migration, 'id'>);
}

/** The newest of this minute, the oldest a month ago; every hundredth is open. */
function alertOf(index: number, all: number): AlertRow {
  const time = timeAgo((index / all) * 30 * 24 * HOUR);
  const workload = `service-${index % WORKLOADS}`;
  const pod = `${workload}-7d9f8b6c5d-x2x9p`;
  const kind: AlertKind = index % 50 === 0 ? 'test' : 'alert';
  const row = toRow(
    randomUUID(),
    {
      kind,
      cluster: `c${1 + (index % 3)}`,
      rule: `Rule number ${index % RULES}`,
      priority: priorities[index % priorities.length],
      source: 'syscall',
      tags: ['container', 'mitre_execution', 'T1059'],
      hostname: `worker-${index % 5}`,
      namespace: 'demo',
      pod,
      container: 'app',
      containerId: '76c9afd2ca3a',
      image: 'registry.example/demo/app:1',
      command: `bash -c job-${index % 1000}`,
      output: `A shell was started | user=root command=bash -c job-${
        index % 1000
      } container=app image=registry.example/demo/app:1`,
      fields: { 'proc.name': 'bash', 'user.uid': 0, 'container.id': '76c9' },
      time,
      foldKey: randomUUID(),
    },
    {
      occurrences: 1 + (index % 9),
      receivedAt: time,
      windowUntil: index % 100 === 0 ? timeAgo(-HOUR) : time,
    },
  );
  return {
    ...row,
    stage: 'done',
    workload_kind: 'Deployment',
    workload_name: workload,
    kubernetes_id: workload,
    entity_ref: `component:default/${workload}`,
  };
}

import { Knex } from 'knex';
import { DatabaseAlertReader } from '../../src/alerts';
import { writeCursor } from '../../src/paging';
import { DatabaseMigrationStore } from '../../src/migration/store';

const DAY = 24 * 3_600_000;

/** What pages ask the database for, each by its name. */
export async function questionsTo(knex: Knex, store: DatabaseMigrationStore) {
  const reader = new DatabaseAlertReader(knex);
  const since = new Date(Date.now() - DAY).toISOString();
  const newest = { sort: 'lastAt', order: 'desc', limit: 25 } as const;
  const migrations = {
    'first page': { limit: 50 },
    'by status': { status: ['failed'], limit: 50 },
    'by mode and cluster': { mode: ['copy'], cluster: 'c2', limit: 50 },
    'by text': { text: 'service-17', limit: 50 },
    'by a text that nothing has': { text: 'nothing', limit: 50 },
    'sorted by pod': { sort: 'pod', order: 'asc', limit: 50 },
    'sorted by end': { sort: 'finishedAt', limit: 50 },
    'of an entity': { entityRef: 'component:default/service-3', limit: 100 },
    'under way': { status: ['running', 'undoing', 'queued'], limit: 100 },
    'to compare with': {
      status: ['completed'],
      namespace: 'demo',
      text: 'service-17',
      limit: 200,
    },
    'for the logs': { limit: 500 },
  } as const;
  const alerts = {
    'first page': [{ kind: ['alert'] }, newest],
    'of a day': [{ kind: ['alert'], since }, newest],
    'by rule and priority': [
      { kind: ['alert'], rule: 'Rule number 7', priority: ['Error'] },
      newest,
    ],
    'by text': [{ kind: ['alert'], text: 'job-77' }, newest],
    open: [{ kind: ['alert'], status: 'open' }, newest],
    'that nobody is at': [{ kind: ['alert'], handling: ['none'] }, newest],
    'of an entity': [{ kubernetesId: 'service-3' }, newest],
    'sorted by priority': [
      { kind: ['alert'] },
      { ...newest, sort: 'priority' },
    ],
    'sorted by times': [
      { kind: ['alert'] },
      { ...newest, sort: 'occurrences' },
    ],
  } as const;
  const figures = {
    'of a day': { kind: ['alert'], since },
    'of all time': { kind: ['alert'] },
    'by priority': { kind: ['alert'], priority: ['Critical'] },
    'by rule': { kind: ['alert'], rule: 'Rule number 7' },
    'by workload': { kind: ['alert'], workload: 'service-3' },
    'by text': { kind: ['alert'], text: 'job-77' },
    open: { kind: ['alert'], status: 'open' },
  } as const;

  type Query = Parameters<typeof store.list>[0];
  type Selection = Parameters<typeof reader.summarize>[0];
  type Page = Parameters<typeof reader.list>[1];
  const questions: [string, () => Promise<unknown>][] = [];
  for (const [name, query] of Object.entries(migrations)) {
    questions.push([
      `migrations, ${name}`,
      () => store.list(query as unknown as Query),
    ]);
  }
  for (const [name, [selection, page]] of Object.entries(alerts)) {
    questions.push([
      `alerts, ${name}`,
      () => reader.list(selection as unknown as Selection, page as Page),
    ]);
  }
  for (const [name, selection] of Object.entries(figures)) {
    questions.push([
      `figures, ${name}`,
      () => reader.summarize(selection as unknown as Selection),
    ]);
  }

  const oldest = await store.list({ order: 'asc', limit: 51 });
  const { createdAt, id } = oldest.items.at(-1)!;
  const cursor = writeCursor([createdAt, id]);
  questions.push([
    'migrations, last page',
    () => store.list({ cursor, limit: 50 }),
  ]);
  const first = await reader.list({}, { ...newest, order: 'asc', limit: 26 });
  const last = first.items.at(-1)!;
  const end = writeCursor([last.lastAt, last.id]);
  questions.push([
    'alerts, last page',
    () => reader.list({}, { ...newest, cursor: end }),
  ]);
  return questions;
}

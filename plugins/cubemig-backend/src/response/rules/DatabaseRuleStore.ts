import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  ResponseRule,
  RuleInput,
  ruleInputSchema,
  RuleRevision,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { RuleStore } from './RuleStore';

interface RuleRow {
  id: string;
  revision: number;
  position: number;
  origin: ResponseRule['origin'];
  config_key: string | null;
  rule: string;
  updated_at: string;
  updated_by: string;
  is_deleted: boolean | number;
}

interface RevisionRow {
  rule_id: string;
  revision: number;
  rule: string | null;
  changed_at: string;
  changed_by: string;
}

const RULES = 'response_rules';
const REVISIONS = 'response_rule_revisions';
const CONFIG = 'app-config';

/** Keeps response rules in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseRuleStore implements RuleStore {
  constructor(private readonly knex: Knex) {}

  async list() {
    const rows = await this.knex<RuleRow>(RULES)
      .where({ is_deleted: false })
      .orderBy('position')
      .orderBy('id');
    return rows.map((row, position) => toRule({ ...row, position }));
  }

  async get(id: string) {
    return (await this.list()).find(rule => rule.id === id);
  }

  async add(rules: RuleInput[], by: string) {
    const ids = await this.knex.transaction(async transaction => {
      const added: string[] = [];
      for (const rule of rules) {
        added.push(await append(transaction, rule, { by, origin: 'user' }));
      }
      return added;
    });
    const all = await this.list();
    return all.filter(({ id }) => ids.includes(id));
  }

  async seed(rules: RuleInput[]) {
    const known = await this.knex<RuleRow>(RULES)
      .whereNotNull('config_key')
      .pluck('config_key');
    for (const rule of rules.filter(({ name }) => !known.includes(name))) {
      await this.knex.transaction(transaction =>
        append(transaction, rule, {
          by: CONFIG,
          origin: 'config',
          configKey: rule.name,
        }),
      );
    }
  }

  async update(id: string, revision: number, rule: RuleInput, by: string) {
    await this.revise(id, by, rule, revision);
    return (await this.get(id))!;
  }

  async delete(id: string, by: string) {
    await this.revise(id, by);
  }

  async order(ids: string[]) {
    await this.knex.transaction(async transaction => {
      const known = await transaction<RuleRow>(RULES)
        .where({ is_deleted: false })
        .pluck('id');
      const isWhole =
        new Set(ids).size === ids.length &&
        ids.length === known.length &&
        known.every(id => ids.includes(id));
      if (!isWhole) {
        throw new InputError(
          'ids: give the ids of all rules, once each; reload the list',
        );
      }
      for (const [position, id] of ids.entries()) {
        await transaction<RuleRow>(RULES).where({ id }).update({ position });
      }
    });
    return this.list();
  }

  async listRevisions(id: string): Promise<RuleRevision[]> {
    const rows = await this.knex<RevisionRow>(REVISIONS)
      .where({ rule_id: id })
      .orderBy('revision', 'desc');
    return rows.map(row => ({
      revision: row.revision,
      changedAt: row.changed_at,
      changedBy: row.changed_by,
      rule: row.rule ? parse(row.rule) : undefined,
    }));
  }

  /** Writes the next revision; without a rule, it is deleted. */
  private async revise(
    id: string,
    by: string,
    rule?: RuleInput,
    expected?: number,
  ) {
    await this.knex.transaction(async transaction => {
      const row = await transaction<RuleRow>(RULES)
        .where({ id, is_deleted: false })
        .first();
      if (!row) throw new NotFoundError(`There is no response rule '${id}'`);
      const text = rule ? JSON.stringify(rule) : undefined;
      const now = new Date().toISOString();
      const changed = await transaction<RuleRow>(RULES)
        .where({ id, revision: expected ?? row.revision })
        .update({
          revision: row.revision + 1,
          updated_at: now,
          updated_by: by,
          ...(text ? { rule: text } : { is_deleted: true }),
        });
      if (changed === 0) {
        throw new ConflictError(
          `revision: ${row.updated_by} has changed this rule since; reload it`,
        );
      }
      await transaction<RevisionRow>(REVISIONS).insert({
        rule_id: id,
        revision: row.revision + 1,
        rule: text ?? null,
        changed_at: now,
        changed_by: by,
      });
    });
  }
}

async function append(
  knex: Knex,
  rule: RuleInput,
  options: { by: string; origin: ResponseRule['origin']; configKey?: string },
): Promise<string> {
  const { by, origin, configKey } = options;
  const last = await knex(RULES).max({ position: 'position' }).first();
  const text = JSON.stringify(rule);
  const now = new Date().toISOString();
  const id = randomUUID();
  const added = await knex<RuleRow>(RULES)
    .insert({
      id,
      revision: 1,
      position: Number(last?.position ?? -1) + 1,
      origin,
      config_key: configKey ?? null,
      rule: text,
      updated_at: now,
      updated_by: by,
      is_deleted: false,
    })
    .onConflict('config_key')
    .ignore()
    .returning('id');
  // Another replica has seeded it at the same time.
  if (added.length === 0) return id;
  await knex<RevisionRow>(REVISIONS).insert({
    rule_id: id,
    revision: 1,
    rule: text,
    changed_at: now,
    changed_by: by,
  });
  return id;
}

function toRule(row: RuleRow): ResponseRule {
  return {
    ...parse(row.rule),
    id: row.id,
    revision: row.revision,
    position: row.position,
    origin: row.origin,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

function parse(text: string) {
  return ruleInputSchema.parse(JSON.parse(text));
}

import {
  InquiryResult,
  InquiryState,
  Problem,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';

/** Results of inquiries are working material: they are kept so long, in milliseconds. */
const KEEP_MS = 3_600_000;

/** Where an inquiry's Job is. */
export interface InquiryJob {
  cluster: string;
  namespace: string;
  name: string;
}

interface InquiryRow {
  id: string;
  migration_id: string;
  status: InquiryState['status'];
  created_by: string;
  created_at: string;
  state: string;
  job: string;
}

/** Keeps inquiries in Backstage's database. */
export class InquiryStore {
  /** @param knex - a database that has the tables already */
  constructor(private readonly knex: Knex) {}

  /** Adds an inquiry, and forgets old ones. */
  async add(state: InquiryState, job: InquiryJob) {
    await this.knex<InquiryRow>('inquiries')
      .where('created_at', '<', new Date(Date.now() - KEEP_MS).toISOString())
      .delete();
    await this.knex<InquiryRow>('inquiries').insert({
      id: state.id,
      migration_id: state.migration,
      status: state.status,
      created_by: state.createdBy,
      created_at: state.createdAt,
      state: JSON.stringify(state),
      job: JSON.stringify(job),
    });
  }

  async get(
    id: string,
  ): Promise<{ state: InquiryState; job: InquiryJob } | undefined> {
    const row = await this.knex<InquiryRow>('inquiries').where({ id }).first();
    return row && { state: JSON.parse(row.state), job: JSON.parse(row.job) };
  }

  /** @param since - ISO 8601; older ones have been forgotten by who asked */
  async countRunning(createdBy: string, since: string): Promise<number> {
    const [{ running }] = await this.knex<InquiryRow>('inquiries')
      .where({ status: 'running', created_by: createdBy })
      .andWhere('created_at', '>', since)
      .count({ running: '*' });
    return Number(running);
  }

  /** Ends an inquiry, unless it has ended already, and tells how. A revealed variable is not stored. */
  async end(
    state: InquiryState,
    outcome: { result: InquiryResult } | { problem: Problem },
  ): Promise<InquiryState> {
    const ended: InquiryState = {
      ...state,
      ...outcome,
      status: 'result' in outcome ? 'succeeded' : 'failed',
      finishedAt: new Date().toISOString(),
    };
    const { result, ...withoutResult } = ended;
    const kept = result?.kind === 'variable' ? withoutResult : ended;
    await this.knex<InquiryRow>('inquiries')
      .where({ id: state.id, status: 'running' })
      .update({ status: ended.status, state: JSON.stringify(kept) });
    return ended;
  }
}

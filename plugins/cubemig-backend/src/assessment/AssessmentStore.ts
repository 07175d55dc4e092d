import { Assessment, Problem, ReportKey } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';

interface AssessmentRow {
  id: string;
  migration_id: string;
  container: string;
  status: Assessment['status'];
  created_at: string;
  deadline: string;
  assessment: string;
}

const UNDER_WAY: Assessment['status'][] = ['queued', 'running'];

/** Of an assessment that nobody is at any more. */
export const interrupted: Problem = {
  code: 'assessment-interrupted',
  message: 'The backend that asked the model stopped in the middle.',
  remedy: 'Ask again.',
};

/** Keeps assessments in Backstage's database. */
export class AssessmentStore {
  /** @param knex - a database that has the tables already */
  constructor(private readonly knex: Knex) {}

  /** @param deadline - ISO 8601; an assessment that is still under way then counts as interrupted */
  async add(assessment: Assessment, deadline: string) {
    await this.knex<AssessmentRow>('assessments').insert({
      id: assessment.id,
      migration_id: assessment.migration,
      container: assessment.container,
      status: assessment.status,
      created_at: assessment.createdAt,
      deadline,
      assessment: JSON.stringify(assessment),
    });
  }

  async save(assessment: Assessment) {
    await this.knex<AssessmentRow>('assessments')
      .where({ id: assessment.id })
      .whereIn('status', UNDER_WAY)
      .update({
        status: assessment.status,
        assessment: JSON.stringify(assessment),
      });
  }

  async get(id: string): Promise<Assessment | undefined> {
    const row = await this.knex<AssessmentRow>('assessments')
      .where({ id })
      .first();
    return row && toAssessment(row);
  }

  /** Newest first. */
  async list(migration: string): Promise<Assessment[]> {
    const rows = await this.knex<AssessmentRow>('assessments')
      .where({ migration_id: migration })
      .orderBy('created_at', 'desc')
      .orderBy('id');
    return rows.map(toAssessment);
  }

  /** One of this report that is under way. */
  async findUnderWay(key: ReportKey): Promise<Assessment | undefined> {
    const row = await this.knex<AssessmentRow>('assessments')
      .where({ migration_id: key.migration, container: key.container })
      .whereIn('status', UNDER_WAY)
      .andWhere('deadline', '>', new Date().toISOString())
      .first();
    return row && toAssessment(row);
  }
}

function toAssessment({ assessment, deadline }: AssessmentRow): Assessment {
  const stored: Assessment = JSON.parse(assessment);
  const isLost =
    UNDER_WAY.includes(stored.status) && deadline < new Date().toISOString();
  return isLost
    ? {
        ...stored,
        status: 'failed',
        finishedAt: deadline,
        problem: interrupted,
      }
    : stored;
}

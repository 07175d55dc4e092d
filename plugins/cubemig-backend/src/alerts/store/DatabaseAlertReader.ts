import {
  Alert,
  Occurrence,
  ParsedAlertQuery,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { readCursor, readPage, unknownCursor, writeCursor } from '../../paging';
import { AlertReader, AlertSelection } from './AlertReader';
import { AlertRow, fromRow, OccurrenceRow } from './AlertRow';
import { readOccurrence } from './readOccurrence';
import { selectAlerts } from './selectAlerts';
import { summarizeAlerts } from './summarizeAlerts';

const OCCURRENCES_A_PAGE = 50;

const COLUMNS = {
  lastAt: 'alerts.last_at',
  priority: 'alerts.priority',
  occurrences: 'alerts.occurrences',
};

type JoinedRow = AlertRow & {
  decision_action: string | null;
  decision_verdict: string | null;
  decision_status: string | null;
};

/** Reads alerts from Backstage's database. */
export class DatabaseAlertReader implements AlertReader {
  constructor(private readonly knex: Knex) {}

  async list(
    selection: AlertSelection,
    page: Pick<ParsedAlertQuery, 'sort' | 'order' | 'cursor' | 'limit'>,
  ) {
    const { sort, order, cursor, limit } = page;
    const column = COLUMNS[sort];
    // The gravest priority has the lowest number.
    const isDescending = (order === 'desc') !== (sort === 'priority');
    const query = this.join();
    selectAlerts(query, selection);
    const { rows, nextCursor } = await readPage<JoinedRow>(
      query,
      {
        column,
        order: isDescending ? 'desc' : 'asc',
        idColumn: 'alerts.id',
        cursor,
        limit,
      },
      row => [valueOf(row, sort), row.id],
    );
    return {
      items: rows.map(toAlert),
      total: await this.count(selection),
      nextCursor,
    };
  }

  async summarize(selection: AlertSelection, bucketSeconds?: number) {
    return summarizeAlerts(this.knex, selection, bucketSeconds);
  }

  async get(id: string) {
    const row = await this.join().where('alerts.id', id).first();
    return row && toAlert(row);
  }

  async listOccurrences(id: string, cursor?: string) {
    const all = () =>
      this.knex<OccurrenceRow>('alert_occurrences').where({ alert_id: id });
    const query = all();
    if (cursor) {
      const before = Number(readCursor(cursor)[1]);
      if (!Number.isSafeInteger(before)) throw unknownCursor();
      query.where('id', '<', before);
    }
    const rows = await query
      .orderBy('id', 'desc')
      .limit(OCCURRENCES_A_PAGE + 1);
    const items = rows.slice(0, OCCURRENCES_A_PAGE);
    const counted = await all().count({ total: '*' }).first();
    const hasMore = rows.length > items.length;
    return {
      items: items.map(toOccurrence),
      total: Number(counted?.total ?? 0),
      nextCursor: hasMore
        ? writeCursor(['', String(items.at(-1)!.id)])
        : undefined,
    };
  }

  private async count(selection: AlertSelection) {
    const query = this.knex('alerts');
    selectAlerts(query, selection);
    const counted = await query.count({ total: '*' }).first();
    return Number(counted?.total ?? 0);
  }

  private join(): Knex.QueryBuilder {
    return this.knex('alerts')
      .leftJoin('decisions', 'decisions.id', 'alerts.decision_id')
      .select('alerts.*', {
        decision_action: 'decisions.action',
        decision_verdict: 'decisions.verdict',
        decision_status: 'decisions.status',
      });
  }
}

function toAlert(row: JoinedRow): Alert {
  const {
    fields,
    podUid,
    podLabels,
    kubernetesId,
    lineage,
    attempts,
    judgedBy,
    ...alert
  } = fromRow(row);
  const isOpen = row.window_until > new Date().toISOString();
  return {
    ...alert,
    status: isOpen ? 'open' : 'closed',
    decision: row.decision_action
      ? ({
          id: row.decision_id,
          action: row.decision_action,
          verdict: row.decision_verdict,
          status: row.decision_status,
        } as Alert['decision'])
      : undefined,
  };
}

function toOccurrence(row: OccurrenceRow): Occurrence {
  const alert = readOccurrence(row);
  return {
    id: String(row.id),
    time: timeIn(row.payload) ?? alert.time,
    receivedAt: row.received_at,
    hostname: alert.hostname,
    output: alert.output,
    payload: row.payload,
  };
}

/** Falco's own, with nanoseconds. */
function timeIn(payload: string): string | undefined {
  try {
    const { time } = JSON.parse(payload);
    return typeof time === 'string' ? time : undefined;
  } catch {
    return undefined;
  }
}

function valueOf(row: AlertRow, sort: ParsedAlertQuery['sort']) {
  return sort === 'lastAt' ? row.last_at : row[sort];
}

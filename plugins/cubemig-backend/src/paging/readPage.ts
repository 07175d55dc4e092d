import { Knex } from 'knex';
import { PageEnd, readCursor, writeCursor } from './cursor';

/** How a list is sorted, and which page of it is wanted. */
export interface PageRequest {
  column: string;
  order: 'asc' | 'desc';
  /** The column that tells rows apart that are equal in the first. Defaults to `id`. */
  idColumn?: string;
  /** `nextCursor` of the page before. */
  cursor?: string;
  limit: number;
}

/**
 * One page of what a query selects. It begins where the one before ended, whatever was added since.
 *
 * @param endOf - what the cursor says of a row: its value in `column`, and its id
 * @throws InputError if the cursor is none of this list's
 */
export async function readPage<Row>(
  query: Knex.QueryBuilder,
  { column, order, idColumn = 'id', cursor, limit }: PageRequest,
  endOf: (row: Row) => PageEnd,
): Promise<{ rows: Row[]; nextCursor: string | undefined }> {
  if (cursor) {
    const [value, id] = readCursor(cursor);
    query.andWhere(after =>
      after
        .where(column, order === 'desc' ? '<' : '>', value)
        .orWhere(same => same.where(column, value).where(idColumn, '>', id)),
    );
  }
  const found: Row[] = await query
    .orderBy(column, order)
    .orderBy(idColumn)
    .limit(limit + 1);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last && writeCursor(endOf(last)) };
}

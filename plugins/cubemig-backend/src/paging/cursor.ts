import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** The last row of a page: what it is sorted by, and its id. */
export type PageEnd = [value: string | number, id: string];

const pageEndSchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/** The end of a page as callers carry it to the next. */
export function writeCursor(end: PageEnd): string {
  return Buffer.from(JSON.stringify(end)).toString('base64url');
}

/** @throws InputError if it is none */
export function readCursor(cursor: string): PageEnd {
  try {
    return pageEndSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
  } catch {
    throw unknownCursor();
  }
}

export function unknownCursor(): InputError {
  return new InputError(
    'cursor: is not one of this list; start again without it',
  );
}

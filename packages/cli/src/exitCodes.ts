import { Severity } from '@cubemig/plugin-cubemig-common';

/** What the program tells the shell. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** The API said no: no permission, a wrong field, a conflict. */
  refused: 3,
  /** The API did not answer, or not as expected. */
  unreachable: 4,
  /** A migration failed, and what it made was taken back. */
  migrationFailed: 5,
  /** A migration was cancelled. */
  cancelled: 6,
  /** Of `plan`: something stands against the migration. */
  blocked: 7,
  /** Of `findings`, by the gravest one. */
  findings: {
    info: 0,
    low: 0,
    medium: 10,
    high: 11,
    critical: 12,
  } satisfies Record<Severity, number>,
};

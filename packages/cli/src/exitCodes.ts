import { Severity } from '@cubemig/plugin-cubemig-common';

/** What the program tells the shell. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** Of `findings`, by the gravest one. */
  findings: {
    info: 0,
    low: 0,
    medium: 10,
    high: 11,
    critical: 12,
  } satisfies Record<Severity, number>,
};

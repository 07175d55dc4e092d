import { Report } from '@cubemig/plugin-cubemig-common';
import { Archive } from '../archive';
import { signatures } from './signatures';

/** `(00.001936) Error (criu/util.c:1534): rlimit: Can't setup ...` */
const LINE =
  /^\((\d+\.\d+)\)\s+(?:\d+:\s+)?(Error|Warn)\s+(?:\(([^)]*)\))?:?\s*(.*)$/;

const MAX_PROBLEMS = 1000;

type Problem = NonNullable<Report['dump_log']>[number];

/** The errors and warnings in CRIU's log of the dump; absent where the archive has none (podman). */
export function readDumpLog(archive: Archive): Problem[] | undefined {
  if (archive.find('dump.log')?.type !== 'file') {
    return undefined;
  }
  const text = archive
    .content('dump.log')
    .readAt(0, archive.limits.logBytes)
    .toString('utf8');
  const problems: Problem[] = [];
  for (const [index, lineText] of text.split('\n').entries()) {
    const match = LINE.exec(lineText);
    if (match && problems.length < MAX_PROBLEMS) {
      const [, seconds, level, source, message] = match;
      const known = signatures.find(({ pattern }) => pattern.test(message));
      problems.push({
        level: level === 'Error' ? 'error' : 'warning',
        line: index + 1,
        seconds: Number(seconds),
        ...(source && { source }),
        message,
        ...(known && { meaning: known.meaning }),
        harmless: known?.harmless ?? level === 'Warn',
      });
    }
  }
  return problems;
}

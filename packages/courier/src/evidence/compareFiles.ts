import { isUtf8 } from 'node:buffer';
import { CourierRecord, RootfsChange } from '@cubemig/plugin-cubemig-common';
import { structuredPatch } from 'diff';
import { ChangedFiles } from './ChangedFiles';

type FileRecord = Extract<CourierRecord, { type: 'file' }>;

/** What a record tells of a file; its diff may still be longer than a line. */
export type FileDifference = Omit<
  FileRecord,
  'version' | 'sequence' | 'time' | 'type'
>;

/** A file that is larger is not compared line by line. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** Nor are files that have so little in common: it would take as long as the square of this. */
const MAX_EDITS = 5000;

/**
 * The files that differ between two checkpoints, or between a checkpoint and its image, of which only is known what is no longer in it.
 *
 * @param hide - takes secrets out of a text
 */
export async function* compareFiles(
  after: ChangedFiles,
  before: ChangedFiles | undefined,
  hide: (text: string) => string,
): AsyncGenerator<FileDifference> {
  const paths = new Set([
    ...after.changes.keys(),
    ...(before?.changes.keys() ?? []),
  ]);
  for (const path of [...paths].sort()) {
    const now = after.changes.get(path);
    const then = before?.changes.get(path);
    if (!isSame(now, then)) {
      yield {
        path: path.slice(0, 4096),
        change: changeOf(now, then, before !== undefined),
        size: sizeOf(now),
        sizeBefore: sizeOf(then),
        mode: now?.mode,
        ...compareContents(path, after, before, hide),
      };
      // Comparing holds up everything else.
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

/** A folder changes whenever something in it does; that is told by itself. */
function isSame(
  now: RootfsChange | undefined,
  then: RootfsChange | undefined,
): boolean {
  const isFolder = (now ?? then)?.type === 'directory';
  const told = ({ change, type, mode, uid, gid, sha256, link }: RootfsChange) =>
    JSON.stringify([change === 'deleted', type, mode, uid, gid, sha256, link]);
  return isFolder || (now && told(now)) === (then && told(then));
}

function changeOf(
  now: RootfsChange | undefined,
  then: RootfsChange | undefined,
  isCompared: boolean,
): FileDifference['change'] {
  if (!now) return 'restored';
  if (!isCompared || now.change === 'deleted' || !then) return now.change;
  return then.change === 'deleted' ? 'added' : 'changed';
}

function sizeOf(change: RootfsChange | undefined): number | undefined {
  return change?.type === 'file' ? change.size : undefined;
}

function compareContents(
  path: string,
  after: ChangedFiles,
  before: ChangedFiles | undefined,
  hide: (text: string) => string,
): Pick<FileDifference, 'kind' | 'diff' | 'isCut'> {
  const { type } = after.changes.get(path) ?? before!.changes.get(path)!;
  if (type === 'symlink') return { kind: 'link' };
  const now = after.read(path, MAX_TEXT_BYTES + 1);
  const then = before?.read(path, MAX_TEXT_BYTES + 1);
  const contents = [now, then].filter(content => content !== undefined);
  if (contents.length === 0) return { kind: 'other' };
  if (!contents.every(isText)) return { kind: 'binary' };
  if (contents.some(({ length }) => length > MAX_TEXT_BYTES)) {
    return { kind: 'text', isCut: true };
  }
  const text = (content = Buffer.alloc(0)) => hide(content.toString('utf8'));
  const diff = diffLines(text(then), text(now));
  return diff === undefined
    ? { kind: 'text', isCut: true }
    : { kind: 'text', diff };
}

function isText(content: Buffer): boolean {
  // The last character may be cut.
  const whole = content.length > MAX_TEXT_BYTES ? 4 : 0;
  return (
    !content.includes(0) &&
    [0, 1, 2, 3].some(
      cut => cut <= whole && isUtf8(content.subarray(0, content.length - cut)),
    )
  );
}

/** A unified diff without the lines that name the files; undefined if it would take too long. */
function diffLines(before: string, after: string): string | undefined {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: 3,
    maxEditLength: MAX_EDITS,
  } as Parameters<typeof structuredPatch>[6]);
  return patch?.hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [
        `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
        ...lines,
      ].join('\n'),
    )
    .join('\n');
}

/** Of no lines, a unified diff names the one before. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

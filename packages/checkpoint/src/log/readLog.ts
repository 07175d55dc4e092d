import { Report } from '@cubemig/plugin-cubemig-common';
import { Archive } from '../archive';

/** Where runtimes put the container's log: CRI-O, containerd, podman. */
const LOG_FILES = ['io.kubernetes.cri-o.LogPath', 'container.log', 'ctr.log'];

/** CRI's format: time, stream, `P` for a part of a line or `F` for its end, text. podman's `k8s-file` is the same. */
const LINE = /^(\S+) (stdout|stderr) ([PF])(?::\S*)? (.*)$/s;

type Log = NonNullable<Report['log']>;
type LogLine = Log['tail'][number];

/** The container's log, of which the last `tail` lines are given; absent where the runtime kept none. */
export function readLog(archive: Archive, tail: number): Log | undefined {
  const name = LOG_FILES.find(file => archive.find(file)?.type === 'file');
  if (!name) {
    return undefined;
  }
  const content = archive.content(name);
  const start = Math.max(0, content.size - archive.limits.logBytes);
  const raw = content
    .readAt(start, archive.limits.logBytes)
    .toString('utf8')
    .split('\n');
  if (raw[raw.length - 1] === '') {
    raw.pop();
  }
  const lines = joinParts(raw);
  return { lines: lines.length, tail: tail > 0 ? lines.slice(-tail) : [] };
}

function joinParts(raw: string[]): LogLine[] {
  const lines: LogLine[] = [];
  const open = new Map<string, LogLine>();
  for (const text of raw) {
    const match = LINE.exec(text);
    if (!match) {
      lines.push({ text });
      continue;
    }
    const [, time, stream, part, rest] = match;
    const begun = open.get(stream);
    if (begun) {
      begun.text += rest;
    } else {
      const line = { time, stream, text: rest };
      lines.push(line);
      open.set(stream, line);
    }
    if (part === 'F') {
      open.delete(stream);
    }
  }
  return lines;
}

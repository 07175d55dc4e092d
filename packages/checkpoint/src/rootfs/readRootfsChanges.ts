import { createHash } from 'node:crypto';
import { RootfsChange } from '@cubemig/plugin-cubemig-common';
import { Archive, ArchiveError, readChunks } from '../archive';
import { Warnings } from '../report/Warnings';
import { isSensitiveFile } from './sensitiveFiles';

const DIFF = 'rootfs-diff.tar';
const DELETED = 'deleted.files';

/** containerd marks deletions as OCI layers do: an empty file `.wh.NAME` beside, `.wh..wh..opq` inside. */
const WHITEOUT_PREFIX = '.wh.';
const OPAQUE_MARK = '.wh..wh..opq';

/** How much of a changed file's start is kept for the detectors; of a sensitive one, more. */
const HEAD_BYTES = 4096;
const SENSITIVE_BYTES = 256 * 1024;
const MAX_HEADS_BYTES = 32 * 1024 * 1024;

export interface RootfsChanges {
  changes: RootfsChange[];
  /** The first bytes of changed files, by path. */
  heads: Map<string, Buffer>;
}

export interface RootfsOptions {
  /** Compute SHA-256 of contents, which reads them whole. */
  hashes: boolean;
}

/** What the container changed in its root file system; absent where the archive has nothing of the kind. */
export async function readRootfsChanges(
  archive: Archive,
  options: RootfsOptions,
  warnings: Warnings,
): Promise<RootfsChanges | undefined> {
  if (!archive.has(DIFF) && !archive.has(DELETED)) {
    return undefined;
  }
  const changes: RootfsChange[] = readDeletedFiles(archive, warnings);
  const heads = new Map<string, Buffer>();
  if (archive.has(DIFF)) {
    try {
      const diff = await archive.openInner(DIFF);
      try {
        warnings.add(...diff.warnings);
        changes.push(...(await readDiff(diff, heads, options)));
      } finally {
        diff.close();
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) {
        throw error;
      }
      warnings.add(error.message);
    }
  }
  return { changes, heads };
}

async function readDiff(
  diff: Archive,
  heads: Map<string, Buffer>,
  options: RootfsOptions,
): Promise<RootfsChange[]> {
  const changes: RootfsChange[] = [];
  let headBytes = 0;
  for (const entry of diff.entries) {
    const path = `/${entry.name}`;
    const deleted = toDeletedPath(path);
    if (deleted) {
      changes.push({ path: deleted, change: 'deleted' });
      continue;
    }
    const change: RootfsChange = {
      path,
      change: toChange(path),
      type: entry.type === 'other' ? 'file' : entry.type,
      mode: `0${entry.mode.toString(8).padStart(3, '0')}`,
      uid: entry.uid,
      gid: entry.gid,
      size: entry.type === 'file' ? entry.size : 0,
      modified: toTime(entry.modified),
    };
    if (entry.link) {
      change.link = entry.link;
    }
    if (entry.type === 'file') {
      const content = diff.entryContent(entry);
      const wanted = isSensitiveFile(path) ? SENSITIVE_BYTES : HEAD_BYTES;
      if (headBytes < MAX_HEADS_BYTES) {
        const head = Buffer.from(content.readAt(0, wanted));
        headBytes += head.length;
        heads.set(path, head);
      }
      if (options.hashes) {
        const hash = createHash('sha256');
        for await (const chunk of readChunks(content)) {
          hash.update(chunk);
        }
        change.sha256 = hash.digest('hex');
      }
    }
    changes.push(change);
  }
  return changes;
}

/**
 * An archive does not hold the base image, so for most files it cannot be told whether they are new or changed. Images
 * bring empty folders for temporary files, and everyone brings a list of accounts.
 */
function toChange(path: string): RootfsChange['change'] {
  if (/^\/etc\/(passwd|group|shadow|gshadow|profile)$/.test(path)) {
    return 'changed';
  }
  return /^\/(tmp|var\/tmp)\/./.test(path) ? 'added' : 'written';
}

function toDeletedPath(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (name === OPAQUE_MARK) {
    return `${path.slice(0, slash)}/*`;
  }
  return name.startsWith(WHITEOUT_PREFIX)
    ? path.slice(0, slash + 1) + name.slice(WHITEOUT_PREFIX.length)
    : undefined;
}

function readDeletedFiles(
  archive: Archive,
  warnings: Warnings,
): RootfsChange[] {
  if (!archive.has(DELETED)) {
    return [];
  }
  try {
    const { documentBytes, entries } = archive.limits;
    const list: unknown = JSON.parse(
      archive.read(DELETED, documentBytes).toString('utf8'),
    );
    if (!Array.isArray(list) || !list.every(p => typeof p === 'string')) {
      throw new SyntaxError('is no list of paths');
    }
    return list.slice(0, entries).map(path => ({ path, change: 'deleted' }));
  } catch (error) {
    warnings.add(
      error instanceof ArchiveError
        ? error.message
        : `${archive.name}: ${DELETED}: ${(error as Error).message}`,
    );
    return [];
  }
}

function toTime(seconds: number): string | undefined {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

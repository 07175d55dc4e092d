import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ObjectDraft } from '../api/ClusterStore';

/** Reads the objects of a YAML or JSON file, or of all such files of a folder and its subfolders, in the order of their names. */
export async function readManifests(path: string): Promise<ObjectDraft[]> {
  if ((await stat(path)).isDirectory()) {
    const names = (await readdir(path)).sort();
    const nested = await Promise.all(
      names.map(async name => {
        const inner = join(path, name);
        const isRead =
          (await stat(inner)).isDirectory() ||
          ['.yaml', '.yml', '.json'].includes(extname(name));
        return isRead ? readManifests(inner) : [];
      }),
    );
    return nested.flat();
  }
  return parseManifests(await readFile(path, 'utf8'), path);
}

/** The objects of a text with any number of YAML documents; a `List` counts as its items. */
export function parseManifests(text: string, source: string): ObjectDraft[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) {
      throw new Error(`${source}: ${document.errors[0].message}`);
    }
    const object = document.toJS();
    if (object === null || object === undefined) {
      return [];
    }
    if (!object.apiVersion || !object.kind) {
      throw new Error(`${source}: a document has no apiVersion and kind`);
    }
    return object.kind === 'List' ? object.items : [object];
  });
}

import { ApiError } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { apiVersionOf, type ResourceType } from '../resources';
import { isSameJson } from '../store/equality';
import { leavesOf, removeLeaf } from './fieldPaths';

/** Who manages fields: by `apply`, or by any other write. */
interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  /** Where it wrote to a part of the object, such as `scale`. */
  subresource?: string;
  paths: Set<string>;
}

/**
 * Who last said what each field is to be, as far as conflicts of server-side apply go. A real server keeps that in `metadata.managedFields`;
 * the lab keeps it beside its objects.
 */
export class FieldOwners {
  /** By the objects' uids. */
  readonly #managers = new Map<string, Manager[]>();

  forget(uid: string): void {
    this.#managers.delete(uid);
  }

  /** After a write other than apply: who changes a field owns it from then on. */
  noteUpdate(
    previous: KubeObject | undefined,
    next: KubeObject,
    { name, subresource }: { name: string; subresource?: string },
  ): void {
    const before = valuesOf(previous);
    const changed = leavesOf(next)
      .filter(
        ({ path, value }) =>
          !before.has(path) || !isSameJson(before.get(path), value),
      )
      .map(({ path }) => path);
    if (changed.length === 0) {
      return;
    }
    const managers = this.#managersOf(next);
    for (const manager of managers) {
      changed.forEach(path => manager.paths.delete(path));
    }
    const own = findManager(managers, name, 'Update', subresource);
    changed.forEach(path => own.paths.add(path));
  }

  /**
   * Before an apply: throws 409 where it would change what others own, unless it is forced. Returns the object without what this
   * manager applied before, leaves out now, and nobody else owns.
   */
  prepareApply(
    type: ResourceType,
    stored: KubeObject,
    config: KubeObject,
    options: { manager: string; isForced: boolean },
  ): KubeObject {
    const managers = this.#managersOf(stored);
    const current = valuesOf(stored);
    const asked = leavesOf(config);
    const conflicts = managers
      .filter(
        ({ name, operation }) =>
          name !== options.manager || operation !== 'Apply',
      )
      .map(manager => ({
        manager,
        paths: asked
          .filter(
            ({ path, value }) =>
              manager.paths.has(path) && !isSameJson(current.get(path), value),
          )
          .map(({ path }) => path),
      }))
      .filter(({ paths }) => paths.length > 0);
    if (conflicts.length > 0 && !options.isForced) {
      throw conflictOf(type, conflicts);
    }
    const paths = new Set(asked.map(({ path }) => path));
    const own = managers.find(
      ({ name, operation }) =>
        name === options.manager && operation === 'Apply',
    );
    const isOwnedByOthers = (path: string) =>
      managers.some(other => other !== own && other.paths.has(path));
    const next = structuredClone(stored);
    leavesOf(stored)
      .filter(
        ({ path }) =>
          own?.paths.has(path) && !paths.has(path) && !isOwnedByOthers(path),
      )
      .forEach(({ steps }) => removeLeaf(next, steps));
    return next;
  }

  /** After an apply: what it named is its own. */
  noteApply(
    stored: KubeObject,
    config: KubeObject,
    name: string,
    previous?: KubeObject,
  ): void {
    const before = valuesOf(previous);
    const managers = this.#managersOf(stored);
    const leaves = leavesOf(config);
    for (const manager of managers) {
      leaves
        .filter(({ path, value }) => !isSameJson(before.get(path), value))
        .forEach(({ path }) => manager.paths.delete(path));
    }
    findManager(managers, name, 'Apply').paths = new Set(
      leaves.map(({ path }) => path),
    );
  }

  #managersOf({ metadata }: KubeObject): Manager[] {
    const managers = this.#managers.get(metadata.uid) ?? [];
    this.#managers.set(metadata.uid, managers);
    return managers;
  }
}

function valuesOf(object: KubeObject | undefined): Map<string, unknown> {
  return new Map(
    (object ? leavesOf(object) : []).map(({ path, value }) => [path, value]),
  );
}

function findManager(
  managers: Manager[],
  name: string,
  operation: Manager['operation'],
  subresource?: string,
): Manager {
  const found = managers.find(
    manager =>
      manager.name === name &&
      manager.operation === operation &&
      manager.subresource === subresource,
  );
  const manager = found ?? {
    name,
    operation,
    subresource,
    paths: new Set<string>(),
  };
  if (!found) {
    managers.push(manager);
  }
  return manager;
}

/** In the API server's words (apimachinery, managedfields/internal/conflict.go). */
function conflictOf(
  type: ResourceType,
  conflicts: { manager: Manager; paths: string[] }[],
): ApiError {
  const described = conflicts.map(({ manager, paths }) => {
    const { name, operation, subresource } = manager;
    const where = subresource ? ` with subresource "${subresource}"` : '';
    const how = operation === 'Update' ? ` using ${apiVersionOf(type)}` : '';
    return { who: `"${name}"${where}${how}`, paths };
  });
  const causes = described.flatMap(({ who, paths }) =>
    paths.map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${who}`,
      field,
    })),
  );
  const text =
    causes.length === 1
      ? `1 conflict: ${causes[0].message}: ${causes[0].field}`
      : `${causes.length} conflicts: ${described
          .map(({ who, paths }) =>
            [`conflicts with ${who}:`, ...paths.map(path => `- ${path}`)].join(
              '\n',
            ),
          )
          .join('\n')}`;
  return new ApiError(409, 'Conflict', `Apply failed with ${text}`, { causes });
}

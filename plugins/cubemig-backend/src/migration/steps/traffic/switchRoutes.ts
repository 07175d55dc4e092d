import { isDeepStrictEqual } from 'node:util';
import { ClusterApiError, ClusterClient, KubeRoute } from '../../../clusters';
import { ProblemError } from '../../../failures';
import { MigrationRun } from '../../MigrationRun';
import type { TrafficRule } from '../../placementConfig';
import type { ChangedRoute } from '../../store';
import { rulesFor } from './rulesFor';

const ATTEMPTS = 8;

/** Changes the routes that config names. What each said before is noted down first, so that whoever comes after a crash can put it back. */
export async function switchRoutes(run: MigrationRun) {
  const { routes } = rulesFor(run.config.migration, run.migration.source);
  for (const [index, rule] of routes.entries()) {
    await switchRoute(run, rule, index);
  }
}

/** Puts back what `switchRoutes` has changed, newest first, unless somebody else has changed it since. */
export async function restoreRoutes(run: MigrationRun) {
  const changed = run.facts.routes ?? [];
  if (changed.length === 0) return;
  for (const route of [...changed].reverse()) await restoreRoute(run, route);
  await run.save({}, { routes: [] });
}

async function switchRoute(
  run: MigrationRun,
  { cluster: where, kind, namespace, name, patch }: TrafficRule,
  index: number,
) {
  const client = where === 'source' ? await run.source() : await run.target();
  for (let attempt = 1; ; attempt++) {
    const route = await client.get(kind, { namespace, name });
    if (!route?.spec) throw routeMissing(client.cluster, kind, namespace, name);
    const known = run.facts.routes ?? [];
    const noted = known[index];
    // Somebody before us may have changed it and not lived to tell.
    if (noted && !isDeepStrictEqual(noted.before, route.spec)) return;
    const { cluster } = client;
    const entry = { cluster, kind, namespace, name, before: route.spec };
    await run.save({}, { routes: [...known.slice(0, index), entry] });
    const changed = await patchRoute(client, entry, route, patch);
    if (changed) {
      const after = { ...entry, after: changed.spec };
      await run.save({}, { routes: [...known.slice(0, index), after] });
      await run.note(`Changed the ${kind} ${namespace}/${name} on ${cluster}`);
      return;
    }
    if (attempt === ATTEMPTS) throw patchRefused(entry);
  }
}

async function restoreRoute(run: MigrationRun, route: ChangedRoute) {
  const { cluster, kind, namespace, name, before, after } = route;
  const { source } = run.migration;
  const client =
    cluster === source.cluster ? await run.source() : await run.target();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const found = await client.get(kind, { namespace, name });
    if (!found?.spec || isDeepStrictEqual(found.spec, before)) return;
    if (after && !isDeepStrictEqual(found.spec, after)) {
      await run.warn(
        `The ${kind} ${namespace}/${name} on ${cluster} was changed by somebody else since; it is left as it is. Look whether it still sends traffic to the restored pod.`,
      );
      return;
    }
    const patch = [{ op: 'replace' as const, path: '/spec', value: before }];
    if (await patchRoute(client, route, found, patch)) {
      await run.note(`Put the ${kind} ${namespace}/${name} on ${cluster} back`);
      return;
    }
  }
  throw patchRefused(route);
}

/** Applies a patch to just what was read; undefined if a test in it fails, first of all that on the version. */
async function patchRoute(
  client: ClusterClient,
  { kind, namespace, name }: Pick<ChangedRoute, 'kind' | 'namespace' | 'name'>,
  { metadata }: KubeRoute,
  patch: object[],
): Promise<KubeRoute | undefined> {
  const path = '/metadata/resourceVersion';
  const value = metadata?.resourceVersion;
  try {
    return await client.patch(kind, { namespace, name }, [
      { op: 'test', path, value },
      ...patch,
    ]);
  } catch (error) {
    const isStale =
      error instanceof ClusterApiError && [409, 422].includes(error.status!);
    if (isStale) return undefined;
    throw error;
  }
}

function routeMissing(
  cluster: string,
  kind: string,
  namespace: string,
  name: string,
) {
  return new ProblemError({
    code: 'route-missing',
    message: `The cluster '${cluster}' has no ${kind} '${name}' in '${namespace}'.`,
    remedy:
      'Create it, or set cubemig.migration.traffic in app-config right, then migrate again.',
  });
}

function patchRefused({
  cluster,
  kind,
  namespace,
  name,
}: Pick<ChangedRoute, 'cluster' | 'kind' | 'namespace' | 'name'>) {
  return new ProblemError({
    code: 'route-patch-refused',
    message: `The ${kind} '${name}' in '${namespace}' of '${cluster}' does not take the patch: a test in it fails, or it would not be valid.`,
    remedy:
      'Compare it with the patch in cubemig.migration.traffic in app-config.',
  });
}

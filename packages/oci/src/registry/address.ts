import { RegistryError } from './RegistryError';

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${component}(?:/${component})*$`);
const referencePattern =
  /^(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[0-9a-f]{64})$/;

/**
 * Names as the distribution specification has them are the only ones that become part of an address: anything else, such as `a/../b`,
 * could lead to another repository.
 */
function assertName(name: string, pattern: RegExp, kind: string): void {
  if (!pattern.test(name)) {
    throw new RegistryError(
      'registry-protocol',
      `Not a valid ${kind}: ${JSON.stringify(name.slice(0, 200))}`,
    );
  }
}

/** The path of a repository's blobs, by digest. */
export function blobPath(repository: string, digest: string): string {
  assertName(repository, repositoryPattern, 'repository');
  assertName(digest, referencePattern, 'digest');
  return `/v2/${repository}/blobs/${digest}`;
}

/** The path where uploads to a repository begin. */
export function uploadsPath(repository: string): string {
  assertName(repository, repositoryPattern, 'repository');
  return `/v2/${repository}/blobs/uploads/`;
}

/** The path of a repository's manifests, by tag or digest. */
export function manifestPath(repository: string, reference: string): string {
  assertName(repository, repositoryPattern, 'repository');
  assertName(reference, referencePattern, 'tag or digest');
  return `/v2/${repository}/manifests/${reference}`;
}

/** A token scope, as the token specification writes it. */
export function scopeOf(
  repository: string,
  actions: 'pull' | 'pull,push' | 'pull,push,delete',
): string {
  return `repository:${repository}:${actions}`;
}

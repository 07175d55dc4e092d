import { RegistryError } from './RegistryError';

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const digestPattern = /^sha256:[a-f0-9]{64}$/;

/** Whether it is a digest that this registry can hold. */
export function isDigest(reference: string): boolean {
  return digestPattern.test(reference);
}

/** Refuses names that the distribution specification does not allow; what passes is safe as a path below a folder. */
export function checkRepository(name: string): string {
  if (name.length > 255 || !repositoryPattern.test(name)) {
    throw new RegistryError(400, 'NAME_INVALID', 'invalid repository name');
  }
  return name;
}

export function checkDigest(digest: string | null | undefined): string {
  if (!digest || !isDigest(digest)) {
    throw new RegistryError(
      400,
      'DIGEST_INVALID',
      'provided digest did not match uploaded content',
    );
  }
  return digest;
}

/** A tag or a digest. */
export function checkReference(reference: string): string {
  if (!tagPattern.test(reference) && !isDigest(reference)) {
    throw new RegistryError(
      400,
      'TAG_INVALID',
      'manifest tag did not match URI',
    );
  }
  return reference;
}

/** The part of a digest that names a file. */
export function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}

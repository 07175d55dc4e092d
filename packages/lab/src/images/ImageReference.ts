/** `host[:port]/repository[:tag][@digest]`, taken apart. */
export interface ImageReference {
  host: string;
  repository: string;
  /** `latest` where neither tag nor digest is given. */
  tag?: string;
  digest?: string;
}

const pattern =
  /^(?<name>[^@]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** Takes a reference apart as CRI-O does; without a registry's name it means Docker Hub. Undefined for what is no reference. */
export function parseImageReference(text: string): ImageReference | undefined {
  const groups = text.match(pattern)?.groups;
  if (!groups) {
    return undefined;
  }
  const { name, tag, digest } = groups;
  const separator = name.indexOf('/');
  const first = name.slice(0, Math.max(separator, 0));
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  const repository = hasHost ? name.slice(separator + 1) : name;
  if (!/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository)) {
    return undefined;
  }
  return {
    host: hasHost ? first : 'docker.io',
    repository,
    ...(tag || digest ? {} : { tag: 'latest' }),
    ...(tag ? { tag } : {}),
    ...(digest ? { digest } : {}),
  };
}

/** `host/repository`, without tag and digest. */
export function repositoryName({ host, repository }: ImageReference): string {
  return `${host}/${repository}`;
}

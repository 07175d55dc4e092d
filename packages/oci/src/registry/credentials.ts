import { z } from 'zod';

/** What a registry, or the token service it trusts, wants to see. */
export interface Credentials {
  username: string;
  password: string;
}

/** Looks up the credentials for a host (`host[:port]`); undefined means none are configured for it. */
export type CredentialsLookup = (host: string) => Credentials | undefined;

const dockerConfigSchema = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
      }),
    )
    .default({}),
});

/**
 * Finds the credentials for a host (`host[:port]`) in a Docker `config.json`, the content of a Kubernetes Secret of type
 * `kubernetes.io/dockerconfigjson`. Keys are taken as Docker writes them: `host`, `https://host`, `https://host/v1/`.
 *
 * Throws if the text is not such a file; the error never quotes it, since it holds secrets.
 */
export function parseDockerConfig(
  json: string,
  host: string,
): Credentials | undefined {
  const { auths } = readDockerConfig(json);
  const wanted = host.toLowerCase();
  const entry = Object.entries(auths).find(
    ([key]) =>
      key
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/(\/v[12])?\/?$/, '') === wanted,
  )?.[1];
  if (!entry) {
    return undefined;
  }
  if (entry.username !== undefined && entry.password !== undefined) {
    return { username: entry.username, password: entry.password };
  }
  const decoded = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) {
    return undefined;
  }
  return {
    username: decoded.slice(0, colon),
    password: decoded.slice(colon + 1),
  };
}

function readDockerConfig(json: string) {
  try {
    return dockerConfigSchema.parse(JSON.parse(json));
  } catch {
    throw new Error('The registry credentials are not a Docker config.json');
  }
}

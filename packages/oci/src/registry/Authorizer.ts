import { request } from 'undici';
import { z } from 'zod';
import { readBounded } from './body';
import { Challenge } from './challenge';
import { Connector } from './Connector';
import { Credentials, CredentialsLookup } from './credentials';
import { errorOfFailure, errorOfStatus, RegistryError } from './RegistryError';

const tokenAnswerSchema = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  /** In seconds. 60 where it is absent, says the token specification. */
  expires_in: z.number().positive().default(60),
});

/** A token that expires within this time is not used any more. */
const EXPIRY_MARGIN_MS = 10_000;

/**
 * Knows the `Authorization` header for one registry's requests.
 *
 * **Where credentials go.** They are bound to a host, `host[:port]`, and only ever sent to that host: the registry itself, or a token
 * service. A registry names its token service in a challenge, and a registry that has been taken over could name any. So a realm
 * on the registry's own host gets the registry's credentials; a realm on another host gets what is configured *for that
 * host*, and is not even called if nothing is. A registry with TLS cannot send us to a realm without.
 */
export class Authorizer {
  private challenge?: Challenge;
  private readonly tokens = new Map<
    string,
    { value: string; validUntil: number }
  >();

  constructor(
    private readonly registry: URL,
    private readonly lookup: CredentialsLookup,
    private readonly connector: Connector,
  ) {}

  /** The header for a request that needs these scopes; undefined as long as the registry has asked for nothing. */
  async authorize(
    scopes: string[],
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    if (!this.challenge) {
      return undefined;
    }
    if (this.challenge.scheme === 'basic') {
      const credentials = this.lookup(this.registry.host);
      return credentials && basic(credentials);
    }
    const key = scopes.join(' ');
    const known = this.tokens.get(key);
    if (known && known.validUntil > Date.now()) {
      return `Bearer ${known.value}`;
    }
    const token = await this.fetchToken(this.challenge, scopes, signal);
    this.tokens.set(key, token);
    return `Bearer ${token.value}`;
  }

  /** Takes note of a 401's challenge. True if it makes sense to ask again. */
  learn(challenge: Challenge | undefined, scopes: string[]): boolean {
    if (!challenge) {
      return false;
    }
    this.challenge = challenge;
    this.tokens.delete(scopes.join(' '));
    return (
      challenge.scheme === 'bearer' ||
      this.lookup(this.registry.host) !== undefined
    );
  }

  private async fetchToken(
    challenge: Extract<Challenge, { scheme: 'bearer' }>,
    scopes: string[],
    signal?: AbortSignal,
  ) {
    const url = this.locate(challenge.realm);
    if (challenge.service) url.searchParams.set('service', challenge.service);
    for (const scope of scopes) url.searchParams.append('scope', scope);
    const credentials = this.lookup(url.host);
    const what = `Token service ${url.host} of registry ${this.registry.host}`;
    try {
      const answer = await request(url, {
        dispatcher: this.connector.of(url),
        headers: credentials ? { authorization: basic(credentials) } : {},
        signal,
      });
      const text = (await readBounded(answer.body, 64 * 1024)).toString('utf8');
      if (answer.statusCode !== 200) {
        throw errorOfStatus(answer.statusCode, what);
      }
      const parsed = tokenAnswerSchema.parse(JSON.parse(text));
      const value = parsed.token ?? parsed.access_token;
      if (!value || !/^[\x21-\x7e]+$/.test(value)) {
        throw new RegistryError('registry-protocol', `${what} gave no token`);
      }
      const lifetime = parsed.expires_in * 1000;
      const margin = Math.min(EXPIRY_MARGIN_MS, lifetime / 2);
      return { value, validUntil: Date.now() + lifetime - margin };
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) {
        throw new RegistryError('registry-protocol', `${what} gave no token`);
      }
      throw errorOfFailure(error, what, this.connector.timeoutMs);
    }
  }

  private locate(realm: string): URL {
    const url = URL.canParse(realm) ? new URL(realm) : undefined;
    const isSafe =
      url?.protocol === 'https:' || url?.protocol === this.registry.protocol;
    const isKnown =
      url?.host === this.registry.host || (url && this.lookup(url.host));
    if (!url || !isSafe || !isKnown || url.username || url.password) {
      throw new RegistryError(
        'registry-elsewhere',
        `Registry ${this.registry.host} wants a token from ${
          url ? `${url.protocol}//${url.host}` : 'an invalid address'
        }, for which no credentials are configured or which is not safe`,
      );
    }
    return url;
  }
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

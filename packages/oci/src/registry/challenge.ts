/** What a `WWW-Authenticate` header asks for. */
export type Challenge =
  | { scheme: 'basic' }
  | { scheme: 'bearer'; realm: string; service?: string };

/**
 * Reads the challenge of a 401. Where a registry offers both schemes, bearer is chosen: then the password goes to the token service
 * only, and what travels with each request expires.
 */
export function parseChallenge(
  header: string | string[] | undefined,
): Challenge | undefined {
  const text = [header ?? []].flat().join(', ');
  const bearer = /\bbearer\s+(.*)/i.exec(text)?.[1];
  if (bearer) {
    const parameters = new Map(
      [...bearer.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
        key.toLowerCase(),
        value,
      ]),
    );
    const realm = parameters.get('realm');
    if (realm) {
      return { scheme: 'bearer', realm, service: parameters.get('service') };
    }
  }
  return /\bbasic\b/i.test(text) ? { scheme: 'basic' } : undefined;
}

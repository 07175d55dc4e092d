import {
  createHash,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { KubeObject } from '../ClusterStore';

const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const ONE_HOUR_S = 3600;

/** The part of a token that Kubernetes adds to the registered claims. */
export interface BoundClaims {
  namespace: string;
  serviceaccount: { name: string; uid: string };
  pod?: { name: string; uid: string };
}

/** Signs and checks one cluster's ServiceAccount tokens: JWTs (ES256) with Kubernetes' claims. */
export class ServiceAccountTokens {
  private readonly keys: { privateKey: KeyObject; publicKey: KeyObject };
  private readonly header: string;

  constructor(private readonly now: () => number = Date.now) {
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kid = createHash('sha256')
      .update(this.keys.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    this.header = encode({ alg: 'ES256', kid });
  }

  issue(
    account: KubeObject,
    options: { pod?: KubeObject; expirationSeconds?: number } = {},
  ): string {
    const { name, namespace, uid } = account.metadata;
    const now = Math.floor(this.now() / 1000);
    const { pod } = options;
    const payload = encode({
      aud: [ISSUER],
      exp: now + (options.expirationSeconds ?? ONE_HOUR_S),
      iat: now,
      iss: ISSUER,
      jti: randomUUID(),
      'kubernetes.io': {
        namespace,
        serviceaccount: { name, uid },
        ...(pod
          ? { pod: { name: pod.metadata.name, uid: pod.metadata.uid } }
          : {}),
      },
      nbf: now,
      sub: `system:serviceaccount:${namespace}:${name}`,
    });
    const content = `${this.header}.${payload}`;
    const signature = sign('sha256', Buffer.from(content), {
      key: this.keys.privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${content}.${signature.toString('base64url')}`;
  }

  /** What a token of this cluster claims; undefined where it is not one or has expired. */
  check(token: string): BoundClaims | undefined {
    const [header, payload, signature] = token.split('.');
    if (header !== this.header || !payload || !signature) {
      return undefined;
    }
    const isGenuine = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key: this.keys.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!isGenuine) {
      return undefined;
    }
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return claims.exp * 1000 > this.now() ? claims['kubernetes.io'] : undefined;
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

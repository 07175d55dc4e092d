import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { AlertsConfig, toBlockList } from '../alertsConfig';

/** The header of a sender that can set one, such as falcosidekick. */
export const TOKEN_HEADER = 'x-cubemig-token';

/** A few kilobytes hold any certificate; more than that is not worth decoding. */
const CERTIFICATE_LENGTH = 16_384;

interface Credential {
  cluster: string;
  /** SHA-256: of equal length whatever was sent, so that comparing takes the same time. */
  digest: Buffer;
}

type Request = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Who may send alerts, and for which cluster. */
export class Senders {
  private readonly credentials: Credential[];
  private readonly proxies: BlockList;
  private readonly certificateHeader: string | undefined;

  constructor({ senders, clientCertificates }: AlertsConfig) {
    this.credentials = senders.flatMap(sender => {
      const { cluster, token, username, password } = sender;
      const secrets = [
        token && `token ${token}`,
        username && `basic ${username}:${password}`,
        sender.certificateFingerprint &&
          `certificate ${sender.certificateFingerprint}`,
      ];
      return secrets.flatMap(secret =>
        secret ? [{ cluster, digest: digestOf(secret) }] : [],
      );
    });
    this.proxies = toBlockList(clientCertificates?.proxies ?? []);
    this.certificateHeader = clientCertificates?.header.toLowerCase();
  }

  /** The cluster that a request's credential names; undefined without a good one. */
  identify(request: Request): string | undefined {
    return this.presented(request)
      .map(secret => this.find(digestOf(secret)))
      .find(cluster => cluster !== undefined);
  }

  private presented(request: Request): string[] {
    const token = request.headers[TOKEN_HEADER];
    const basic = /^Basic +([A-Za-z0-9+/=]{1,4096})$/i.exec(
      request.headers.authorization ?? '',
    );
    const fingerprint = this.readFingerprint(request);
    return [
      ...(typeof token === 'string' ? [`token ${token}`] : []),
      ...(basic
        ? [`basic ${Buffer.from(basic[1], 'base64').toString('utf8')}`]
        : []),
      ...(fingerprint ? [`certificate ${fingerprint}`] : []),
    ];
  }

  /** All are compared, to the end: how long it takes tells nothing. */
  private find(digest: Buffer): string | undefined {
    let cluster: string | undefined;
    for (const credential of this.credentials) {
      if (timingSafeEqual(credential.digest, digest)) {
        cluster = credential.cluster;
      }
    }
    return cluster;
  }

  /** The fingerprint of the client certificate that a trusted proxy has verified and passed on, URL-encoded PEM. */
  private readFingerprint({ headers, socket }: Request): string | undefined {
    if (!this.certificateHeader || !this.isProxy(socket.remoteAddress)) {
      return undefined;
    }
    const header = headers[this.certificateHeader];
    if (typeof header !== 'string' || header.length > CERTIFICATE_LENGTH) {
      return undefined;
    }
    try {
      const certificate = new X509Certificate(decodeURIComponent(header));
      return certificate.fingerprint256.replace(/:/g, '').toLowerCase();
    } catch {
      return undefined;
    }
  }

  private isProxy(address = '') {
    const plain = address.replace(/^::ffff:/, '');
    return this.proxies.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
  }
}

function digestOf(secret: string) {
  return createHash('sha256').update(secret).digest();
}

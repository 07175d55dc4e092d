import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const VALID_FOR_MS = 365 * 24 * 3600 * 1000;

/** A serving certificate and its private key, PEM. */
export interface ServingCertificate {
  certificatePem: string;
  keyPem: string;
}

/** One cluster's certificate authority, made afresh at each start and held in memory only. */
export class CertificateAuthority {
  private constructor(
    private readonly certificate: x509.X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async create(commonName: string): Promise<CertificateAuthority> {
    x509.cryptoProvider.set(webcrypto as unknown as Crypto);
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      ...validity(),
      serialNumber: serialNumber(),
      name: [{ CN: [commonName] }],
      keys: keys as CryptoKeyPair,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign |
            x509.KeyUsageFlags.digitalSignature |
            x509.KeyUsageFlags.cRLSign,
          true,
        ),
        await x509.SubjectKeyIdentifierExtension.create(
          keys.publicKey as CryptoKey,
        ),
      ],
    });
    return new CertificateAuthority(certificate, keys);
  }

  /** The authority's own certificate: what clients are told to trust. */
  get certificatePem(): string {
    return toPemFile(this.certificate.toString('pem'));
  }

  /** Issues a serving certificate for IP addresses and DNS names. */
  async issue(subject: {
    commonName: string;
    addresses: string[];
    dnsNames?: string[];
  }): Promise<ServingCertificate> {
    const keys = await generateKeys();
    const names: x509.JsonGeneralNames = [
      ...subject.addresses.map(value => ({ type: 'ip' as const, value })),
      ...(subject.dnsNames ?? []).map(value => ({
        type: 'dns' as const,
        value,
      })),
    ];
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(),
      serialNumber: serialNumber(),
      subject: [{ CN: [subject.commonName] }],
      issuer: this.certificate.subjectName,
      publicKey: keys.publicKey as CryptoKey,
      signingKey: this.keys.privateKey as CryptoKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(names),
        await x509.AuthorityKeyIdentifierExtension.create(
          this.keys.publicKey as CryptoKey,
        ),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      certificatePem: toPemFile(certificate.toString('pem')),
      keyPem: toPemFile(x509.PemConverter.encode(key, 'PRIVATE KEY')),
    };
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as Promise<webcrypto.CryptoKeyPair>;
}

function validity() {
  const now = Date.now();
  // A minute back: the clock of a client in a container may lag.
  return {
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + VALID_FOR_MS),
  };
}

function serialNumber(): string {
  // A leading zero bit keeps the number positive (RFC 5280).
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] % 0x7f) + 1;
  return bytes.toString('hex');
}

function toPemFile(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}

import { X509Certificate, createPrivateKey } from 'node:crypto';
import { CertificateAuthority } from './CertificateAuthority';

describe('CertificateAuthority', () => {
  it('issues certificates that its own certificate proves', async () => {
    const authority = await CertificateAuthority.create('cluster1-ca');
    const { certificatePem, keyPem } = await authority.issue({
      commonName: 'system:node:cluster1-a',
      addresses: ['127.41.0.11'],
      dnsNames: ['cluster1-a'],
    });
    const ca = new X509Certificate(authority.certificatePem);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIP('127.41.0.11')).toBe('127.41.0.11');
    expect(certificate.checkIP('127.41.0.12')).toBeUndefined();
    expect(certificate.checkHost('cluster1-a')).toBe('cluster1-a');
    expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
    expect(ca.ca).toBe(true);
    expect(certificate.ca).toBe(false);
  });
});

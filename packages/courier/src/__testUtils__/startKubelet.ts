import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import * as x509 from '@peculiar/x509';

export interface KubeletAnswer {
  status: number;
  body: string;
}

export interface RunningKubelet {
  port: number;
  /** PEM of what clients must trust. */
  ca: string;
  /** To be set by the test. */
  answer: (request: IncomingMessage) => Promise<KubeletAnswer>;
  stop(): void;
}

/** The kubelet's side of the checkpoint API over TLS, with whatever answers a test wants. */
export async function startKubelet(): Promise<RunningKubelet> {
  const { certificate, key } = await selfSign();
  const server = createServer({ cert: certificate, key });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const kubelet: RunningKubelet = {
    port: (server.address() as AddressInfo).port,
    ca: certificate,
    answer: async () => ({ status: 503, body: '' }),
    stop: () => server.close(),
  };
  server.on('request', async (request, response) => {
    const { status, body } = await kubelet.answer(request);
    response.writeHead(status).end(body);
  });
  return kubelet;
}

async function selfSign() {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=kubelet',
    keys: keys as CryptoKeyPair,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

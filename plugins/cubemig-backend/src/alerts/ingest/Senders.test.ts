import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertsConfigSchema } from '../alertsConfig';
import { Senders } from './Senders';

const one = 'one-one-one-one-one';
const two = 'two-two-two-two-two';

function request(headers: Record<string, string>, remoteAddress = '10.1.2.3') {
  return { headers, socket: { remoteAddress } } as any;
}

function basic(username: string, password: string) {
  const text = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: `Basic ${text}` };
}

describe('Senders', () => {
  const senders = new Senders(
    alertsConfigSchema.parse({
      senders: [
        { cluster: 'c1', token: one, username: 'falco', password: two },
        { cluster: 'c2', token: two },
      ],
    }),
  );

  it.each([
    [{ 'x-cubemig-token': one }, 'c1'],
    [{ 'x-cubemig-token': two }, 'c2'],
    [{ 'x-cubemig-token': `${one} ` }, undefined],
    [{ 'x-cubemig-token': '' }, undefined],
    [basic('falco', two), 'c1'],
    [basic('falco', one), undefined],
    [basic('Falco', two), undefined],
    // A token is no password, and the other way round.
    [{ 'x-cubemig-token': `falco:${two}` }, undefined],
    [{ authorization: `Bearer ${one}` }, undefined],
    [{ authorization: 'Basic ***' }, undefined],
    [{}, undefined],
  ])('knows the sender with %j: %s', (headers, cluster) => {
    expect(senders.identify(request(headers as any))).toBe(cluster);
  });

  it.each([
    [{ cluster: 'c' }, 'needs token'],
    [{ cluster: 'c', token: 'short' }, 'at least 16 characters'],
    [{ cluster: 'c', username: 'u' }, 'together with username'],
    [{ cluster: 'c', certificateFingerprint: 'ab:cd' }, '64 hex digits'],
  ])('refuses the config %j', (sender, text) => {
    const parsed = alertsConfigSchema.safeParse({ senders: [sender] });
    expect(parsed.error?.message).toContain(text);
  });

  describe('with client certificates', () => {
    let folder: string;
    let pem: string;
    let fingerprint: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'cubemig-senders-'));
      const [key, cert] = ['key.pem', 'cert.pem'].map(n => join(folder, n));
      execFileSync(
        'openssl',
        `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=falco -keyout ${key} -out ${cert}`.split(
          ' ',
        ),
        { stdio: 'ignore' },
      );
      pem = readFileSync(cert, 'utf8');
      fingerprint = execFileSync(
        'openssl',
        ['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'],
        { encoding: 'utf8' },
      )
        .split('=')[1]
        .trim();
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    function create() {
      return new Senders(
        alertsConfigSchema.parse({
          senders: [{ cluster: 'c3', certificateFingerprint: fingerprint }],
          clientCertificates: {
            header: 'SSL-Client-Cert',
            proxies: ['10.1.0.0/16', 'fd00::/8'],
          },
        }),
      );
    }

    it.each([
      ['10.1.2.3', 'c3'],
      ['::ffff:10.1.2.3', 'c3'],
      ['fd00::1', 'c3'],
      ['10.2.0.1', undefined],
      ['::1', undefined],
    ])('trusts a proxy, and nobody else: %s', (address, cluster) => {
      const headers = { 'ssl-client-cert': encodeURIComponent(pem) };
      expect(create().identify(request(headers, address))).toBe(cluster);
    });

    it.each(['', '%', 'nonsense', 'a'.repeat(20_000)])(
      'survives a certificate that is none: %.9s',
      header => {
        const headers = { 'ssl-client-cert': header };
        expect(create().identify(request(headers))).toBeUndefined();
      },
    );
  });
});

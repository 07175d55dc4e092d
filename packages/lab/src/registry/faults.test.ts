import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { Faults } from '../faults/Faults';
import { RegistryClient } from '../images/RegistryClient';
import { waitUntil } from '../testing/waitUntil';
import { startRegistry, type Registry } from './startRegistry';

describe('faults of the registry', () => {
  const faults = new Faults();
  const directory = mkdtempSync(join(tmpdir(), 'registry-'));
  const blob = randomBytes(64 * 1024);
  const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
  let registry: Registry;
  let client: RegistryClient;

  beforeAll(async () => {
    registry = await startRegistry({
      host: '127.0.0.1',
      port: 0,
      stateDir: directory,
      faults,
    });
    client = new RegistryClient(registry);
  });

  afterEach(() => faults.clearAll());
  afterAll(async () => {
    await registry.close();
    rmSync(directory, { recursive: true });
  });

  const push = () => client.uploadBlob('demo', digest, blob);
  const pull = () =>
    client.downloadBlob('demo', digest, join(directory, 'pulled'));

  it('registry-full', async () => {
    faults.set({ fault: 'registry-full' });
    await expect(push()).rejects.toThrow('no space left on device');
    faults.clearAll();
    await push();
    faults.set({ fault: 'registry-full' });
    await expect(pull()).resolves.toBeUndefined();
  });

  it('registry-unauthorized', async () => {
    faults.set({ fault: 'registry-unauthorized', times: 1 });
    await expect(push()).rejects.toMatchObject({ status: 401 });
    await expect(push()).resolves.toBeUndefined();
  });

  it('registry-fails', async () => {
    faults.set({ fault: 'registry-fails' });
    await expect(pull()).rejects.toMatchObject({ status: 503 });
  });

  it('registry-slow', async () => {
    faults.set({ fault: 'registry-slow', seconds: 0.2 });
    const began = Date.now();
    await client.hasBlob('demo', digest);
    expect(Date.now() - began).toBeGreaterThan(190);
  });

  it('registry-cuts, on the way in and on the way out', async () => {
    faults.set({ fault: 'registry-cuts', bytes: 1000, times: 1 });
    await expect(push()).rejects.toThrow();
    await push();
    faults.set({ fault: 'registry-cuts', bytes: 1000, times: 1 });
    await expect(pull()).rejects.toThrow();
    await expect(pull()).resolves.toBeUndefined();
  });

  it('an upload that was cut goes on where it was', async () => {
    const server = `http://${registry.host}:${registry.port}`;
    const authorization = `Basic ${Buffer.from('lab:secret').toString(
      'base64',
    )}`;
    const call = async (
      method: 'POST' | 'PATCH' | 'GET' | 'PUT',
      path: string,
      body?: Buffer,
      headers: Record<string, string> = {},
    ) => {
      const answer = await request(`${server}${path}`, {
        method,
        body,
        headers: { authorization, ...headers },
      });
      await answer.body.dump();
      return { status: answer.statusCode, headers: answer.headers as any };
    };
    const whole = Buffer.alloc(3_000_000, 'x');
    const { headers } = await call('POST', '/v2/demo/blobs/uploads/');
    faults.set({ fault: 'registry-cuts', bytes: 1_000_000, times: 1 });
    const outcome = await call('PATCH', headers.location, whole).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect(outcome).not.toBe(202);
    await waitUntil('the registry takes the rest', async () => {
      const { headers: now } = await call('GET', headers.location);
      const offset = Number(now.range.split('-')[1]) + 1;
      const rest = await call(
        'PATCH',
        headers.location,
        whole.subarray(offset),
        {
          'content-range': `${offset}-${whole.length - 1}`,
        },
      );
      return rest.status === 202 && offset > 1;
    });
    const wanted = createHash('sha256').update(whole).digest('hex');
    const done = await call(
      'PUT',
      `${headers.location}?digest=sha256:${wanted}`,
    );
    expect(done.status).toBe(201);
  });
});

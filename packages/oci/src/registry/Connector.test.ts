import { MemoryRegistry, selfSign } from '../__testUtils__';
import { RegistryClient } from './RegistryClient';

const repository = 'cubemig/cluster1/counter';

it('shows its certificate to the registry, and to no other host', async () => {
  const server = await selfSign('registry');
  const courier = await selfSign('courier');
  const tls = {
    cert: server.certificate,
    key: server.key,
    ca: courier.certificate,
    requestCert: true,
  };
  const registry = await MemoryRegistry.start({
    ...tls,
    rejectUnauthorized: true,
  });
  // Would take a certificate, and notes the name of who shows one.
  const other = await MemoryRegistry.start({
    ...tls,
    rejectUnauthorized: false,
  });
  const options = { host: registry.host, ca: server.certificate };
  const stranger = new RegistryClient({
    ...options,
    retry: { attempts: 1, pauseMs: 1 },
  });
  const client = new RegistryClient({
    ...options,
    clientCertificate: courier,
  });
  try {
    await expect(stranger.resolveTag(repository, 'tag')).rejects.toMatchObject({
      name: 'RegistryError',
    });
    const content = Buffer.from('content');
    const blob = await client.uploadBlob(repository, content);

    registry.intercept = () => ({
      status: 307,
      headers: { location: `https://${other.host}/storage` },
    });
    other.intercept = () => ({ status: 200, body: content });
    const stream = await client.downloadBlob(repository, blob);
    expect(Buffer.concat(await stream.toArray())).toEqual(content);
    expect(other.peers).toEqual([undefined]);
    expect(registry.peers.at(-1)).toBe('courier');
  } finally {
    await Promise.all([stranger.close(), client.close()]);
    await Promise.all([registry.stop(), other.stop()]);
  }
});

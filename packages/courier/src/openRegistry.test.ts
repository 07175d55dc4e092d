import { MemoryRegistry, selfSign } from '@cubemig/oci/testUtils';
import { courierPaths } from '@cubemig/plugin-cubemig-common';
import { repository, TestNode } from './__testUtils__/TestNode';

// A courier takes a second to start where the machine has other work to do.
it('shows the certificate of its Secret to a registry that wants one', async () => {
  const node = await TestNode.start();
  const { certificate, key } = await selfSign('courier');
  const registry = await MemoryRegistry.start({
    cert: certificate,
    key,
    ca: certificate,
    requestCert: true,
    rejectUnauthorized: true,
  });
  try {
    // As in every Secret of the type kubernetes.io/tls.
    node.place(`${courierPaths.registryTls}/tls.crt`, certificate);
    node.place(`${courierPaths.registryTls}/tls.key`, key);
    const courier = node.runCourier(
      node.createRequest({
        registry: {
          host: registry.host,
          repository,
          insecure: false,
          ca: certificate,
          clientCertificate: { certificate: 'tls.crt', key: 'tls.key' },
        },
      }),
    );
    expect(await courier.end()).toMatchObject({
      exitCode: 0,
      result: { checkpoints: [{ container: 'counter' }] },
    });
    expect(new Set(registry.peers)).toEqual(new Set(['courier']));
  } finally {
    await registry.stop();
    await node.stop();
  }
});

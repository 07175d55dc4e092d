import { createServer } from 'node:net';

/** Fails with one line when a port is taken, naming the flag that chooses another. */
export async function requireFreePort(port, flag) {
  await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () =>
      reject(
        new Error(
          `port ${port} is busy: stop what uses it, or choose another with ${flag}`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => server.close(resolve));
  });
}

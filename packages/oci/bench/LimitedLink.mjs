import { createServer, connect } from 'node:net';

/** How much may pass at once, in milliseconds of the link's rate. */
const BURST_MS = 50;

/** A link of so many Mbit/s to a host, as a server on loopback. Runs as a process of its own, so as not to slow down who measures. */
const [target, megabits] = process.argv.slice(2);
const [host, port] = target.split(':');
const bytesPerMs = (Number(megabits) * 1e6) / 8 / 1000;

let allowance = 0;
let last = performance.now();
const waiting = [];
setInterval(() => {
  const now = performance.now();
  allowance = Math.min(
    allowance + (now - last) * bytesPerMs,
    BURST_MS * bytesPerMs,
  );
  last = now;
  while (waiting.length > 0 && allowance > 0) {
    const { bytes, pass } = waiting.shift();
    allowance -= bytes;
    pass();
  }
}, 1);

createServer({ highWaterMark: 64 * 1024 }, client => {
  const server = connect({ host, port, highWaterMark: 64 * 1024 });
  server.pipe(client);
  client.on('data', chunk => {
    client.pause();
    const pass = () => {
      const isWritable = server.write(chunk);
      if (isWritable) client.resume();
      else server.once('drain', () => client.resume());
    };
    if (allowance > 0 && waiting.length === 0) {
      allowance -= chunk.length;
      pass();
    } else {
      waiting.push({ bytes: chunk.length, pass });
    }
  });
  client.on('end', () => server.end());
  for (const socket of [client, server]) {
    socket.on('error', () => {
      client.destroy();
      server.destroy();
    });
  }
}).listen(0, '127.0.0.1', function ready() {
  process.send({ host: `127.0.0.1:${this.address().port}` });
});
process.on('disconnect', () => process.exit());

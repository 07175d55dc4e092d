import { connect } from 'node:net';

const PORT = 6379;

/** Sends commands to a key-value store; returns so many lines of what it answers. */
export function askStore(
  address: string,
  commands: string,
  lines: number,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(PORT, address, () => socket.write(commands));
    socket.on('error', reject);
    socket.on('data', chunk => {
      text += chunk;
      const received = text.split('\r\n');
      if (received.length > lines) {
        socket.destroy();
        resolve(received.slice(0, lines));
      }
    });
  });
}

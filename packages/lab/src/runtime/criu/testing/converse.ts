import { connect } from 'node:net';

/** Sends commands of Redis' protocol to a server and returns all that it answers. */
export async function converse(
  host: string,
  port: number,
  commands: string[][],
): Promise<string> {
  const socket = connect({ host, port });
  const encoded = [...commands, ['QUIT']].map(
    words =>
      `*${words.length}\r\n${words
        .map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
        .join('')}`,
  );
  socket.write(encoded.join(''));
  const answers: Buffer[] = [];
  for await (const chunk of socket) {
    answers.push(chunk as Buffer);
  }
  const text = Buffer.concat(answers).toString();
  // The last is the answer to QUIT.
  return text.replace(/\+OK\r\n$/, '');
}

import type { CommandStreams } from '../../RunningContainer';

const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';
const ERASE = ['\x7f', '\b'];

/** The line discipline between a client's raw keys and a program: echoes, lets lines be mended, and ends lines as terminals do. */
export function converse({
  input = (async function* nothing() {})(),
  output,
}: CommandStreams): Pick<CommandStreams, 'input' | 'output' | 'error'> {
  const show = (bytes: Buffer | string) =>
    output(bytes.toString().replace(/\r?\n/g, '\r\n'));
  return { input: readLines(input, show), output: show, error: show };
}

async function* readLines(
  input: AsyncIterable<Buffer>,
  show: (text: string) => void,
): AsyncGenerator<Buffer> {
  let line = '';
  for await (const bytes of input) {
    for (const key of bytes.toString()) {
      if (key === '\r' || key === '\n') {
        show('\n');
        yield Buffer.from(`${line}\n`);
        line = '';
      } else if (key === END_OF_INPUT && line === '') {
        return;
      } else if (key === INTERRUPT) {
        show('^C\n');
        line = '';
        yield Buffer.from('\n');
      } else if (ERASE.includes(key)) {
        show(line ? '\b \b' : '');
        line = line.slice(0, -1);
      } else if (key >= ' ') {
        show(key);
        line += key;
      }
    }
  }
}

import { main } from '../main';
import { Terminal } from '../output/Terminal';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line of `cubemig`, by default as if its output went into a pipe. */
export async function runCli(
  args: string[],
  {
    isTTY = false,
    environment = {},
  }: { isTTY?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  const written = { out: '', err: '' };
  const output = (to: 'out' | 'err') => ({
    isTTY,
    write: (text: string) => {
      written[to] += text;
    },
  });
  const terminal = new Terminal(output('out'), output('err'));
  const code = await main(args, terminal, environment);
  return { code, ...written };
}

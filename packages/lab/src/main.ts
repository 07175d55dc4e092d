import { USAGE, parseOptions } from './lab/parseOptions';
import { startLab } from './lab/startLab';
import { chooseRuntime } from './runtime/chooseRuntime';

/* The lab's program: starts two clusters and a registry, says where they are, and runs until it is told to stop. */

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** One line for what a user can mend, such as a port that is taken. */
function explain(error: unknown): string {
  const { code, address, port, message } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE') {
    const flag = address === '127.0.0.1' ? '--port-base' : '--subnet';
    return `${address}:${port} is in use; choose others with ${flag}`;
  }
  return message;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    say(USAGE);
    return;
  }
  const options = parseOptions(process.argv.slice(2));
  const runtime = await chooseRuntime(options.runtime, say);
  const lab = await startLab({ ...options, runtime }, (component, error) =>
    complain(`${component}: ${(error as Error).message}`),
  );
  const { kubeconfig, registry, control, clusters } = lab.info;
  say('The lab runs, two fresh clusters each time it starts.');
  say(`  kubeconfig  ${kubeconfig}`);
  clusters.forEach(({ name, url }) => say(`  ${name}    ${url}`));
  say(`  registry    http://${registry.host}`);
  say(`  control     ${control.url}`);

  let isStopping = false;
  const stop = () => {
    if (isStopping) {
      return;
    }
    isStopping = true;
    lab.close().then(
      () => process.exit(0),
      error => {
        complain(explain(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (options.exitsWithParent) {
    process.stdin.on('end', stop).on('close', stop).resume();
  }
}

main().catch(error => {
  complain(explain(error));
  process.exit(1);
});

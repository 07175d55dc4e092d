import type { ContainerSpec, Sandbox } from './ContainerRuntime';
import { RuntimeError } from './ContainerRuntime';

const DEFAULT_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a container executes: the pod's command and arguments, else the image's, by the rules of Kubernetes. */
export function containerArguments({
  image,
  command,
  args,
}: ContainerSpec): string[] {
  let argv = [...command, ...args];
  if (command.length === 0) {
    argv = [...image.entrypoint, ...(args.length > 0 ? args : image.command)];
  }
  if (argv.length === 0) {
    throw new RuntimeError('no command specified');
  }
  return argv;
}

/** A container's environment as `NAME=value`: the runtime's, the image's, the pod's; a later one replaces an earlier. */
export function containerEnvironment(
  spec: ContainerSpec,
  sandbox: Sandbox,
): string[] {
  const variables = new Map<string, string>([
    ['PATH', DEFAULT_PATH],
    ['TERM', 'xterm'],
    ['HOSTNAME', sandbox.spec.hostname],
  ]);
  for (const variable of spec.image.environment) {
    const separator = variable.indexOf('=');
    variables.set(variable.slice(0, separator), variable.slice(separator + 1));
  }
  for (const { name, value } of spec.environment) {
    variables.set(name, value);
  }
  return [...variables].map(([name, value]) => `${name}=${value}`);
}

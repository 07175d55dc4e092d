import type { Shell } from './Shell';

/** What a shell puts in place of `$name`. */
export function valueOf(
  { process, parameters, lastExitCode, lastBackgroundPid }: Shell,
  name: string,
): string {
  const [, ...rest] = parameters;
  const special: Record<string, string> = {
    '?': String(lastExitCode),
    $: String(process.pid),
    '!': String(lastBackgroundPid),
    '#': String(rest.length),
    '@': rest.join(' '),
    '*': rest.join(' '),
  };
  const value = /^\d+$/.test(name)
    ? parameters[Number(name)]
    : process.environment.get(name);
  return special[name] ?? value ?? '';
}

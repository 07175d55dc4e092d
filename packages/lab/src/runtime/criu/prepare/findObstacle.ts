import { readFileSync } from 'node:fs';
import { findCommand } from './findCommand';

const NEEDED_COMMANDS = ['unshare', 'nsenter', 'mount', 'pivot_root'];
/** Their bits in `CapEff` (capability.h). Namespaces and mounts, interfaces, other processes' memory. */
const NEEDED_CAPABILITIES = { SYS_ADMIN: 21, NET_ADMIN: 12, SYS_PTRACE: 19 };

/** Why real containers cannot run on this machine, as far as a look tells. */
export function findObstacle(): string | undefined {
  if (process.platform !== 'linux') {
    return 'it needs Linux';
  }
  if (process.getuid?.() !== 0) {
    return 'it needs root';
  }
  const command = NEEDED_COMMANDS.find(name => !findCommand(name));
  if (command) {
    return `the command '${command}' is missing (Debian's package util-linux)`;
  }
  const [, effective] =
    /^CapEff:\s*([0-9a-f]+)$/m.exec(
      readFileSync('/proc/self/status', 'utf8'),
    ) ?? [];
  const bits = BigInt(`0x${effective ?? 0}`);
  const capability = Object.entries(NEEDED_CAPABILITIES).find(
    ([, bit]) => !((bits >> BigInt(bit)) & 1n),
  );
  return capability && `the capability CAP_${capability[0]} is missing`;
}

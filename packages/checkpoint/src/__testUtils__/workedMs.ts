/** How long processors have worked for this process, in milliseconds: a clock would count what else the machine does, too. */
export function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

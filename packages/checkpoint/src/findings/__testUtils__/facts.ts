import { Finding, Process } from '@cubemig/plugin-cubemig-common';
import { FixtureName, openFixture } from '../../__testUtils__';
import { SecretMask } from '../../secrets';
import { collectFacts, Facts, listCommands } from '../Facts';
import { findFindings } from '../findFindings';

/** The facts of a real checkpoint, its memory not searched. */
export async function factsOf(name: FixtureName): Promise<Facts> {
  return collectFacts(await openFixture(name), { memory: false });
}

/** What one detector says. */
export function find(facts: Facts, id: string): Finding[] {
  return findFindings(facts, SecretMask.of([])).filter(f => f.id === id);
}

/** `severity: detail` of every piece of evidence. */
export function tell(facts: Facts, id: string): string[] {
  return find(facts, id).flatMap(({ severity, evidence }) =>
    evidence.map(({ detail }) => `${severity}: ${detail}`),
  );
}

/** The clean shop with another process in it. */
export async function withProcess(
  change: Partial<Process>,
  environment: Record<string, string> = {},
): Promise<Facts> {
  const facts = await factsOf('e0-shop-clean');
  const process: Process = {
    ...facts.report.processes[0],
    pid: 50,
    ppid: 1,
    ...change,
  };
  facts.report.processes.push(process);
  facts.commands.push(
    ...listCommands(50, process.command, process.argv.join(' ')),
  );
  facts.environments.set(50, environment);
  return facts;
}

/** The clean shop with a process of this command line in it. */
export function withCommand(...argv: string[]): Promise<Facts> {
  return withProcess({ command: argv[0], argv });
}

/** The clean shop with another file written into it. */
export async function withFile(
  path: string,
  content: string | Buffer,
  mode = '0644',
): Promise<Facts> {
  const facts = await factsOf('e0-shop-clean');
  const head = Buffer.from(content);
  facts.report.rootfs_changes!.push({
    path,
    change: 'written',
    type: 'file',
    mode,
    uid: 0,
    gid: 0,
    size: head.length,
  });
  facts.heads.set(path, head);
  return facts;
}

/** How grave each finding is. */
export const severityOf = (findings: Finding[]) =>
  findings.map(f => f.severity);

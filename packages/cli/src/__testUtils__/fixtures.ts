import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIXTURES = join(__dirname, '../../../checkpoint/src/__fixtures__');

export function fixturePath(file: string): string {
  return join(FIXTURES, file);
}

export function readFixture(file: string): string {
  return readFileSync(fixturePath(file), 'utf8');
}

/** The checkpoint package's fixtures. */
export const names = [
  'a-counter',
  'b-redis',
  'c-nginx',
  'd-python-tcp',
  'e-attacked',
  'e0-shop-clean',
  'f-duo-producer',
  'g-podman-counter',
  'h-containerd-counter',
];
export const archive = (name: string) => fixturePath(`${name}.tar.gz`);

/** As recorded: the archives were unpacked, and lay in the working directory. */
export function asRecorded(text: string): string {
  return text.replace(/[^ ]*\/([\w-]+\.tar)\.gz/g, '$1');
}

/** What checkpointctl draws in another order every time, sorted, without the lines of the tree. */
export function sortedLines(tree: string): string[] {
  return (
    asRecorded(tree)
      // A line that a value breaks in two is a mark here, so that no value can draw branches.
      .split(/\n|\\n/)
      .map(line => line.replace(/^[│├└─ ]+/, '').trimEnd())
      .filter(line => line !== '')
      .sort()
  );
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cubemig-cli-'));
}

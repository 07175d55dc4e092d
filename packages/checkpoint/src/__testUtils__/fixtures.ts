import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Archive, Checkpoint } from '..';

/** Real checkpoints, with what checkpointctl 1.5 says of them beside. */
export const fixtureNames = [
  'a-counter',
  'b-redis',
  'c-nginx',
  'd-python-tcp',
  'e-attacked',
  'e0-shop-clean',
  'f-duo-producer',
  'g-podman-counter',
  'h-containerd-counter',
] as const;

export type FixtureName = (typeof fixtureNames)[number];

export function fixturePath(file: string): string {
  return join(__dirname, '../__fixtures__', file);
}

export function readFixture(file: string): string {
  return readFileSync(fixturePath(file), 'utf8');
}

export async function openFixture(name: FixtureName): Promise<Checkpoint> {
  return new Checkpoint(await Archive.open(fixturePath(`${name}.tar.gz`)));
}

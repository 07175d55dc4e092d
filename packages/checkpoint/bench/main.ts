/*
 * Times this reader beside checkpointctl, if that is on the PATH, on the same archives in the same run.
 *
 *   npm run bench --workspace packages/checkpoint [-- --heap-mib 800]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Archive, readReport } from '../src';
import { smallArchive, writeArchive } from './makeArchive';
import { Measured, measureProgram, median } from './measure';

const MiB = 1024 * 1024;
const cli = join(__dirname, '../../cli/bin/cubemig.cjs');
const inspect = ['inspect', '--all', '--format', 'json'];

const hasCheckpointctl = !spawnSync('checkpointctl', ['--help']).error;

async function main() {
  const heapFlag = process.argv.indexOf('--heap-mib');
  const heapMiB = heapFlag > 0 ? Number(process.argv[heapFlag + 1]) : 800;
  const folder = mkdtempSync(join(tmpdir(), 'cubemig-bench-'));
  try {
    // Makes the bundle if it is not there yet, so that no run pays for it.
    execFileSync(process.execPath, [cli, '--version']);
    const small = join(folder, 'small.tar');
    writeFileSync(small, smallArchive());
    const large = join(folder, 'large.tar');
    await writeArchive(large, heapMiB * MiB);
    execFileSync('gzip', ['-1', '--keep', large]);

    const rows: string[][] = [];
    const add = (what: string, measured: Measured | undefined) =>
      rows.push([
        what,
        measured ? `${measured.milliseconds.toFixed(0)} ms` : 'not on the PATH',
        measured ? `${measured.peakMiB.toFixed(0)} MiB` : '',
      ]);
    const compare = async (name: string, path: string, runs: number) => {
      const ours = await median(runs, () =>
        measureProgram(process.execPath, [cli, ...inspect, path]),
      );
      const theirs = hasCheckpointctl
        ? await median(runs, () =>
            measureProgram('checkpointctl', [...inspect, path]),
          )
        : undefined;
      add(`${name}: cubemig inspect --all, start-up included`, ours);
      add(`${name}: checkpointctl inspect --all`, theirs);
      if (theirs) {
        const ratio = theirs.milliseconds / ours.milliseconds;
        rows.push([`${name}: ratio`, `${ratio.toFixed(1)}x`, '']);
      }
    };

    add(
      'start-up: cubemig --version',
      await median(9, () =>
        measureProgram(process.execPath, [cli, '--version']),
      ),
    );
    add('10 MiB: readReport in process', await readInProcess(small));
    await compare('10 MiB', small, 5);
    await compare(`${heapMiB} MiB`, large, 3);
    await compare(`${heapMiB} MiB, gzip`, `${large}.gz`, 1);
    add(
      `${heapMiB} MiB: cubemig findings, the memory searched`,
      await measureProgram(process.execPath, [cli, 'findings', large]),
    );
    const width = Math.max(...rows.map(([what]) => what.length));
    for (const [what, time, memory] of rows) {
      console.log(`${what.padEnd(width)}  ${time.padStart(15)}  ${memory}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In a process that has already read one: what the courier and other programs pay. */
async function readInProcess(path: string): Promise<Measured> {
  return median(9, async () => {
    const started = performance.now();
    const archive = await Archive.open(path);
    await readReport(archive);
    archive.close();
    return {
      milliseconds: performance.now() - started,
      peakMiB: process.resourceUsage().maxRSS / 1024,
    };
  });
}

main();

import { build } from 'esbuild';
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedZstd } from './embedZstd.mjs';
import { listComponents } from './listComponents.mjs';

// One file without dependencies: the container image needs nothing but Node and this. Beside it, the list of what went into it.
const folder = dirname(fileURLToPath(import.meta.url));
const outfile = resolve(process.argv[2] ?? join(folder, 'dist/courier.cjs'));
// Everything by its place below this folder: the same file comes out wherever it is built.
const absWorkingDir = folder;
const zstd = embedZstd(absWorkingDir);
const { metafile } = await build({
  absWorkingDir,
  entryPoints: [join(folder, 'src/main.ts')],
  outfile,
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [zstd.plugin],
  logLevel: 'warning',
});
const components = listComponents(absWorkingDir, [metafile, ...zstd.metafiles]);
writeFileSync(
  outfile.replace(/\.cjs$/, '.cdx.json'),
  `${JSON.stringify(components, undefined, 2)}\n`,
);
const megabytes = (statSync(outfile).size / 1e6).toFixed(2);
process.stdout.write(`${relative(process.cwd(), outfile)} ${megabytes} MB\n`);

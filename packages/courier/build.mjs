import { build } from 'esbuild';
import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedZstd } from './embedZstd.mjs';

// One file without dependencies: the container image needs nothing but Node and this.
const folder = dirname(fileURLToPath(import.meta.url));
const outfile = process.argv[2] ?? join(folder, 'dist/courier.cjs');
await build({
  entryPoints: [join(folder, 'src/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [embedZstd],
  logLevel: 'warning',
});
const megabytes = (statSync(outfile).size / 1e6).toFixed(2);
process.stdout.write(`${relative(process.cwd(), outfile)} ${megabytes} MB\n`);

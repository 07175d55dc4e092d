// Bundles the program into one file, so that it starts fast and a published package needs nothing else.
const { chmodSync } = require('node:fs');
const { join } = require('node:path');

function build() {
  const root = join(__dirname, '..');
  const outfile = join(root, 'dist/cubemig.cjs');
  require('esbuild').buildSync({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
}

module.exports = { build };

if (require.main === module) {
  build();
}

// Bundles the program, so that it starts fast and a published package needs nothing else. What talks to registries is a
// bundle of its own: only two commands load it.
const { chmodSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('esbuild');

const root = join(__dirname, '..');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
};

const ociApart = {
  name: 'oci-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@cubemig\/oci$/ }, () => ({
      path: './oci.cjs',
      external: true,
    }));
  },
};

async function main() {
  await build({
    ...common,
    entryPoints: [require.resolve('@cubemig/oci', { paths: [root] })],
    outfile: 'dist/oci.cjs',
    // Finds its WebAssembly file by its own place.
    external: ['@bokuweb/zstd-wasm'],
  });
  await build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/cubemig.cjs',
    plugins: [ociApart],
  });
  chmodSync(join(root, 'dist/cubemig.cjs'), 0o755);
}

main();

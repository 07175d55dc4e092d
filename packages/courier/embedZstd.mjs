import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/**
 * Puts zstd in WebAssembly into the bundle: the text that `zstdLibrary` of @cubemig/oci returns becomes the library itself, since beside
 * the courier's one file there is no other to load it from. What went into it is in `metafiles` after the build.
 */
export function embedZstd(absWorkingDir) {
  const metafiles = [];
  const plugin = {
    name: 'embed-zstd',
    setup(bundle) {
      bundle.onLoad({ filter: /layer\/zstdLibrary\.ts$/ }, async ({ path }) => {
        const { text, metafile } = await bundleZstd(
          createRequire(path),
          absWorkingDir,
        );
        metafiles.push(metafile);
        const contents = `export const zstdLibrary = () => ${JSON.stringify(
          text,
        )};`;
        return { loader: 'js', contents };
      });
    },
  };
  return { plugin, metafiles };
}

async function bundleZstd({ resolve }, absWorkingDir) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `
        const wasm = require('./zstd.wasm');
        const { Module, waitInitialized } = require('./module.js');
        module.exports = {
          Module,
          init: async () => { Module.init(wasm); await waitInitialized(); },
        };`,
      resolveDir: dirname(resolve('@bokuweb/zstd-wasm')),
    },
    absWorkingDir,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'iife',
    globalName: 'zstd',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  return { text: outputFiles[0].text, metafile };
}

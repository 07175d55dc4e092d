import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/**
 * Puts zstd in WebAssembly into the bundle: the text that `zstdLibrary` of @cubemig/oci returns becomes the library itself, since beside
 * the courier's one file there is no other to load it from.
 */
export const embedZstd = {
  name: 'embed-zstd',
  setup(bundle) {
    bundle.onLoad({ filter: /layer\/zstdLibrary\.ts$/ }, async ({ path }) => {
      const oci = createRequire(path);
      const library = dirname(oci.resolve('@bokuweb/zstd-wasm'));
      const { outputFiles } = await build({
        stdin: {
          contents: `
            const wasm = require('./zstd.wasm');
            const { Module, waitInitialized } = require('./module.js');
            module.exports = {
              Module,
              init: async () => { Module.init(wasm); await waitInitialized(); },
            };`,
          resolveDir: library,
        },
        bundle: true,
        write: false,
        minify: true,
        platform: 'node',
        target: 'node20',
        format: 'iife',
        globalName: 'zstd',
        loader: { '.wasm': 'binary' },
        logLevel: 'warning',
      });
      return {
        loader: 'js',
        contents: `export const zstdLibrary = () => ${JSON.stringify(
          outputFiles[0].text,
        )};`,
      };
    });
  },
};

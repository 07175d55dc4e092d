import { dirname, join } from 'node:path';

/**
 * JavaScript that gives a worker `zstd`, for a Node whose zlib has none: `{ init(), Module }`, the library's own functions and memory. The
 * courier's build puts the library itself here, since the courier is one file.
 */
export function zstdLibrary(): string {
  const path = require.resolve('@bokuweb/zstd-wasm');
  const module = join(dirname(path), 'module.js');
  return `const zstd = {
    init: require(${JSON.stringify(path)}).init,
    Module: require(${JSON.stringify(module)}).Module,
  };`;
}

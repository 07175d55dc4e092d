/**
 * JavaScript that gives a worker `zstd`, for a Node whose zlib has none. The courier's build puts the library itself here, since the
 * courier is one file.
 */
export function zstdLibrary(): string {
  const path = require.resolve('@bokuweb/zstd-wasm');
  return `const zstd = require(${JSON.stringify(path)});`;
}

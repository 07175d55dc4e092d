#!/usr/bin/env node
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const bundle = join(__dirname, '../dist/cubemig.cjs');

/** The newest change below a folder, in milliseconds since 1970. */
function newestChange(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name.startsWith('__') ? 0 : newestChange(path);
      }
      return statSync(path).mtimeMs;
    }),
  );
}

// In a checkout the bundle is made when first needed, and again when a source has changed.
const sources = ['../src', '../bin', '../../checkpoint/src', '../../oci/src']
  .map(path => join(__dirname, path))
  .filter(existsSync);
if (sources.length > 0) {
  const built = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  if (sources.some(folder => newestChange(folder) > built)) {
    execFileSync(process.execPath, [join(__dirname, 'build.cjs')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
}

// Node 22.8 and later: the next start is faster.
enableCompileCache?.();
require(bundle);

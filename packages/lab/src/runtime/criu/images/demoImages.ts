import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FileContent, ImageContent } from '../../../images/buildImage';
import { criuRoot } from '../prepare/criuRoot';
import { readPackages } from './packageFiles';
import {
  counterScript,
  keyValueScript,
  nginxSettings,
  processTreeScript,
  pythonHeapScript,
} from './programs';

const execute = promisify(execFile);

/**
 * The demo images of the emulated runtime with real programs in them, so that the same manifests run, and more that only real
 * processes can: by repository. Debian's binaries are unmodified.
 */
export async function demoImages(): Promise<Record<string, ImageContent>> {
  const root = criuRoot();
  const base = await baseFiles(root);
  const redis = await readPackages(root, ['redis-server', 'redis-tools']);
  const python = await readPackages(root, ['python3*', 'libpython3*']);
  const nginx = await readPackages(root, ['nginx', 'nginx-common']);
  return {
    'demo/counter': {
      files: { ...base, 'usr/bin/counter': counterScript },
      entrypoint: ['counter'],
    },
    'demo/kv': {
      files: {
        ...redis,
        ...base,
        'usr/bin/kv': keyValueScript,
      },
      entrypoint: ['kv'],
    },
    'demo/redis': {
      files: { ...redis, ...base },
      entrypoint: ['redis-server', '--protected-mode', 'no', '--save', ''],
    },
    'demo/python-heap': {
      files: { ...python, ...base, 'usr/bin/python-heap': pythonHeapScript },
      entrypoint: ['python-heap'],
      // What a program caches beside its code would be in every checkpoint.
      environment: ['PYTHONDONTWRITEBYTECODE=1', 'PYTHONUNBUFFERED=1'],
    },
    'demo/process-tree': {
      files: { ...base, 'usr/bin/process-tree': processTreeScript },
      entrypoint: ['process-tree'],
    },
    'demo/nginx': {
      files: {
        ...nginx,
        ...base,
        'etc/nginx/nginx.conf': nginxSettings,
        'var/www/html/index.html': 'served by nginx of the lab\n',
        'var/lib/nginx/': '',
        'var/log/nginx/': '',
      },
      entrypoint: ['/usr/sbin/nginx'],
    },
  };
}

/** A shell and its tools, which are one static program. */
async function baseFiles(root: string): Promise<Record<string, FileContent>> {
  const busybox = join(root, 'usr/bin/busybox');
  const { stdout } = await execute(busybox, ['--list']);
  const tools = stdout.split('\n').filter(name => name && name !== 'busybox');
  const links = tools.map(name => [`usr/bin/${name}`, { linkTo: 'busybox' }]);
  return {
    ...Object.fromEntries(links),
    bin: { linkTo: 'usr/bin' },
    'usr/bin/busybox': await fs.readFile(busybox),
    'etc/os-release': 'NAME="CubeMig lab"\nID=cubemig-lab\n',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
    'etc/group': 'root:x:0:\n',
    ...Object.fromEntries(
      ['dev/', 'proc/', 'root/', 'run/', 'sys/', 'tmp/', 'var/'].map(folder => [
        folder,
        '',
      ]),
    ),
  };
}

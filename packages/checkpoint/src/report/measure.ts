import { Report } from '@cubemig/plugin-cubemig-common';
import { Archive } from '../archive';
import { CriuImages, toNumber } from '../criu';

/** Sizes by the same prefixes that checkpointctl adds up; zero is left out. */
export function measure(archive: Archive): Report['checkpoint_size'] {
  let total = 0;
  let pages = 0;
  let gpuPages = 0;
  let rootfsDiff = 0;
  for (const { name, type, size } of archive.entries) {
    if (type !== 'file') {
      continue;
    }
    if (name.startsWith('checkpoint')) {
      total += size;
      pages += name.startsWith('checkpoint/pages-') ? size : 0;
      gpuPages += name.startsWith('checkpoint/amdgpu-pages-') ? size : 0;
    } else if (name.startsWith('rootfs-diff.tar')) {
      rootfsDiff = size;
    }
  }
  return {
    ...(total && { total_size: total }),
    ...(pages && { memory_pages_size: pages }),
    ...(gpuPages && { amd_gpu_memory_pages_size: gpuPages }),
    ...(rootfsDiff && { root_fs_diff_size: rootfsDiff }),
  };
}

/** What CRIU measured of the dump; absent where the archive does not tell. */
export function readStatistics(images: CriuImages): Report['statistics'] {
  const dump = images.stats()?.dump;
  if (!dump) {
    return undefined;
  }
  const all = {
    freezing_time: dump.freezingTime,
    frozen_time: dump.frozenTime,
    memdump_time: dump.memdumpTime,
    memwrite_time: dump.memwriteTime,
    pages_scanned: toNumber(dump.pagesScanned),
    pages_written: toNumber(dump.pagesWritten),
  };
  return Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0));
}

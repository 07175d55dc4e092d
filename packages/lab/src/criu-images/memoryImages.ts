import { MemoryArea, Page, PAGE_SIZE, ProcessSnapshot } from './DumpSnapshot';

/** Bits of `vma_entry.status` (criu/include/image.h). */
const VMA_AREA_REGULAR = 1;
const VMA_AREA_VSYSCALL = 1 << 2;
const VMA_AREA_VDSO = 1 << 3;
const VMA_AREA_HEAP = 1 << 5;
const VMA_FILE_PRIVATE = 1 << 6;
const VMA_ANON_PRIVATE = 1 << 9;
const VMA_AREA_VVAR = 1 << 12;

const MAP_PRIVATE = 0x02;
const MAP_ANONYMOUS = 0x20;
const MAP_GROWSDOWN = 0x100;
const MADV_DONTDUMP = 1 << 16;

/** The kernel's vsyscall page: in every x86-64 process at the same place, beyond what a JavaScript number holds exactly. */
const VSYSCALL_AREA = {
  start: '18446744073699065856',
  end: '18446744073699069952',
  pgoff: 0,
  shmid: 0,
  prot: 4,
  flags: MAP_PRIVATE | MAP_ANONYMOUS,
  status: VMA_ANON_PRIVATE | VMA_AREA_VSYSCALL,
  fd: -1,
};

const kinds: Record<MemoryArea['kind'], { status: number; flags: number }> = {
  file: { status: VMA_AREA_REGULAR | VMA_FILE_PRIVATE, flags: MAP_PRIVATE },
  anonymous: {
    status: VMA_AREA_REGULAR | VMA_ANON_PRIVATE,
    flags: MAP_PRIVATE | MAP_ANONYMOUS,
  },
  heap: {
    status: VMA_AREA_REGULAR | VMA_ANON_PRIVATE | VMA_AREA_HEAP,
    flags: MAP_PRIVATE | MAP_ANONYMOUS,
  },
  stack: {
    status: VMA_AREA_REGULAR | VMA_ANON_PRIVATE,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN,
  },
  vdso: {
    status: VMA_AREA_REGULAR | VMA_ANON_PRIVATE | VMA_AREA_VDSO,
    flags: MAP_PRIVATE | MAP_ANONYMOUS,
  },
  vvar: {
    status: VMA_AREA_REGULAR | VMA_ANON_PRIVATE | VMA_AREA_VVAR,
    flags: MAP_PRIVATE | MAP_ANONYMOUS,
  },
};

const markFields = [
  ['mm_start_code', 'startCode'],
  ['mm_end_code', 'endCode'],
  ['mm_start_data', 'startData'],
  ['mm_end_data', 'endData'],
  ['mm_start_stack', 'startStack'],
  ['mm_start_brk', 'startBrk'],
  ['mm_brk', 'brk'],
  ['mm_arg_start', 'argStart'],
  ['mm_arg_end', 'argEnd'],
  ['mm_env_start', 'envStart'],
  ['mm_env_end', 'envEnd'],
] as const;

/** `mm-<pid>.img`; areas that map the program's file name it by its id in `files.img`. */
export function memoryEntry(process: ProcessSnapshot, exeFileId: number) {
  const { marks, areas } = process;
  return {
    ...Object.fromEntries(
      markFields.map(([field, mark]) => [field, marks[mark]]),
    ),
    exe_file_id: exeFileId,
    mm_saved_auxv: auxiliaryVector(process),
    vmas: [
      ...areas.map(area => ({
        start: area.start,
        end: area.end,
        pgoff: area.fileOffset ?? 0,
        shmid: area.kind === 'file' ? exeFileId : 0,
        prot: area.protection,
        ...kinds[area.kind],
        fd: -1,
        ...(area.kind === 'vvar' ? { madv: MADV_DONTDUMP } : {}),
        ...(area.kind === 'file' ? { fdflags: 0 } : {}),
      })),
      VSYSCALL_AREA,
    ],
    dumpable: 1,
    thp_disabled: false,
  };
}

/** The inverse of {@link memoryEntry}. */
export function parseMemoryEntry(
  entry: any,
): Pick<ProcessSnapshot, 'marks' | 'areas'> & { exeFileId: number } {
  const marks = Object.fromEntries(
    markFields.map(([field, mark]) => [mark, entry[field]]),
  ) as unknown as ProcessSnapshot['marks'];
  const areas = (entry.vmas as any[])
    .filter(vma => !(vma.status & VMA_AREA_VSYSCALL))
    .map(vma => {
      const kind = kindOf(vma);
      return {
        start: vma.start,
        end: vma.end,
        protection: vma.prot,
        kind,
        ...(kind === 'file' ? { fileOffset: vma.pgoff } : {}),
      };
    });
  return { marks, areas, exeFileId: entry.exe_file_id };
}

function kindOf({
  status,
  flags,
}: {
  status: number;
  flags: number;
}): MemoryArea['kind'] {
  if (flags & MAP_GROWSDOWN) {
    return 'stack';
  }
  const found = (['vdso', 'vvar', 'heap', 'file'] as const).find(
    kind => (status & kinds[kind].status) === kinds[kind].status,
  );
  return found ?? 'anonymous';
}

/** What the kernel hands a new process about itself, as pairs of type and value (elf.h, AT_*). */
function auxiliaryVector({ marks, areas, uid, gid }: ProcessSnapshot) {
  const vdso = areas.find(area => area.kind === 'vdso')?.start ?? 0;
  const pairs: [number, number][] = [
    [33, vdso],
    [16, 0x178bfbff],
    [6, PAGE_SIZE],
    [17, 100],
    [3, marks.startCode - 0x1000 + 64],
    [4, 56],
    [5, 11],
    [7, 0],
    [8, 0],
    [9, marks.startCode],
    [11, uid],
    [12, uid],
    [13, gid],
    [14, gid],
    [23, 0],
    [25, marks.argStart - 32],
    [26, 2],
    [31, marks.envEnd],
    [15, marks.argStart - 16],
  ];
  return [...pairs.flat(), 0, 0];
}

const PE_LAZY = 1 << 1;
const PE_PRESENT = 1 << 2;

/** `pagemap-<pid>.img`: runs of pages, in the order in which `pages-<id>.img` holds them. */
export function pagemapEntries(
  pagesId: number,
  pages: Page[],
  areas: MemoryArea[],
) {
  const runs: { vaddr: number; nr_pages: number; flags: number }[] = [];
  for (const [address] of pages) {
    const last = runs.at(-1);
    const area = areas.find(a => address >= a.start && address < a.end);
    // Private anonymous memory could be fetched lazily; CRIU marks it so (criu/mem.c, vma_entry_can_be_lazy).
    const isLazy =
      area?.kind === 'anonymous' ||
      area?.kind === 'heap' ||
      area?.kind === 'stack';
    const flags = isLazy ? PE_PRESENT | PE_LAZY : PE_PRESENT;
    if (
      last &&
      last.vaddr + last.nr_pages * PAGE_SIZE === address &&
      last.flags === flags
    ) {
      last.nr_pages += 1;
    } else {
      runs.push({ vaddr: address, nr_pages: 1, flags });
    }
  }
  // CRIU 4.2 writes the count as 64 bits and leaves the old field at 0.
  return [
    { pages_id: pagesId },
    ...runs.map(run => ({ ...run, compat_nr_pages: 0 })),
  ];
}

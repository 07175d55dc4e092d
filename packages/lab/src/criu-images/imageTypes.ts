/** First word of an image file (criu/include/magic.h). */
export const IMG_COMMON_MAGIC = 0x54564319;
/** First word of `stats-dump`. */
export const IMG_SERVICE_MAGIC = 0x55105940;

/** A kind of image file: the magic that names it and the message that its entries are. */
export interface ImageType {
  magic: number;
  message: string;
  /** The message of the first entry, where that is another one. */
  head?: string;
  /** The inventory has its own magic alone; it is from before there was a common one. */
  prefix?: number;
}

const common = (magic: number, message: string): ImageType => ({
  magic,
  message,
  prefix: IMG_COMMON_MAGIC,
});

/** The kinds of image files that the lab writes and reads. */
export const imageTypes = {
  inventory: { magic: 0x58313116, message: 'inventory_entry' } as ImageType,
  stats: {
    magic: 0x57093306,
    message: 'stats_entry',
    prefix: IMG_SERVICE_MAGIC,
  } as ImageType,
  pstree: common(0x50273030, 'pstree_entry'),
  core: common(0x55053847, 'core_entry'),
  ids: common(0x54432030, 'task_kobj_ids_entry'),
  mm: common(0x57492820, 'mm_entry'),
  pagemap: { ...common(0x56084025, 'pagemap_entry'), head: 'pagemap_head' },
  fs: common(0x51403912, 'fs_entry'),
  fdinfo: common(0x56213732, 'fdinfo_entry'),
  files: common(0x56303138, 'file_entry'),
  tcpStream: common(0x51465506, 'tcp_stream_entry'),
  mountpoints: common(0x55563928, 'mnt_entry'),
  cgroup: common(0x59383330, 'cgroup_entry'),
  netns: common(0x55933752, 'netns_entry'),
  utsns: common(0x54473203, 'utsns_entry'),
  ipcnsVar: common(0x53115007, 'ipc_var_entry'),
  timens: common(0x43114433, 'timens_entry'),
  /** Its one entry is empty where no filter is installed, whatever its message. */
  seccomp: common(0x64413049, 'plugins_entry'),
};

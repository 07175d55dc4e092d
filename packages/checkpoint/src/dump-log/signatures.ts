/** What CRIU's messages mean. */
export const signatures: {
  pattern: RegExp;
  meaning: string;
  harmless: boolean;
}[] = [
  {
    pattern: /Can't setup RLIMIT_NOFILE for self/,
    meaning: 'CRIU may not raise its own limit of open files; the dump goes on',
    harmless: true,
  },
  {
    pattern: /Will restore \d+ with interrupted system call/,
    meaning:
      'the process was inside a system call, which returns EINTR once it runs on: some programs end on that',
    harmless: true,
  },
  {
    pattern: /Connected TCP socket/,
    meaning:
      "an open TCP connection cannot be dumped: set `tcp-close` in the runtime's CRIU configuration on the node",
    harmless: false,
  },
  {
    pattern: /In-flight connection/,
    meaning:
      "a connection was being opened: set `skip-in-flight` in the runtime's CRIU configuration on the node",
    harmless: false,
  },
  {
    pattern: /Can't dump half of stream unix connection|name-less external/,
    meaning: 'a unix socket leads to a process outside the container',
    harmless: false,
  },
  {
    pattern: /Can't dump ghost file|increase limit/,
    meaning:
      "a deleted file that is still open is too large: raise `ghost-limit` in the runtime's CRIU configuration",
    harmless: false,
  },
  {
    pattern: /doesn't have a proper root mount/,
    meaning:
      "a mount's root is outside the container, as in a restored container on older CRI-O versions",
    harmless: false,
  },
  {
    pattern: /Can't lookup mount/,
    meaning: 'an open file lies on a mount that the container does not have',
    harmless: false,
  },
  {
    pattern: /No space left on device/i,
    meaning: 'the node has no room for the checkpoint',
    harmless: false,
  },
];

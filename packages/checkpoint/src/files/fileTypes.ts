/** CRIU's descriptor types by number (images/fdinfo.proto). */
const types = [
  'UND',
  'REG',
  'PIPE',
  'FIFO',
  'INETSK',
  'UNIXSK',
  'EVENTFD',
  'EVENTPOLL',
  'INOTIFY',
  'SIGNALFD',
  'PACKETSK',
  'TTY',
  'FANOTIFY',
  'NETLINKSK',
  'NS',
  'TUNF',
  'EXT',
  'TIMERFD',
  'MEMFD',
  'BPFMAP',
  'PIDFD',
];

export function toTypeName(type: number): string {
  return types[type] ?? String(type);
}

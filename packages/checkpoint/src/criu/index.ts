export { CriuImages } from './CriuImages';
export type { Pagemap } from './CriuImages';
export { toNumber } from './imageKinds';
export type {
  File,
  InetSocket,
  Mm,
  NetlinkSocket,
  PacketSocket,
  UnixSocket,
} from './imageKinds';
export { toText } from './text';

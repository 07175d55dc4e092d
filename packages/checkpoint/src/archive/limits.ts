/** How much of a checkpoint is read at most: archives are hostile input. Sizes are in bytes. */
export interface Limits {
  /** Bytes that a compressed archive, or a compressed file inside it, may unpack to. */
  unpackedBytes: number;
  /** Files, folders and links of a tar archive. */
  entries: number;
  /** Length of a path inside an archive. */
  nameBytes: number;
  /** A CRIU image that is read whole: all but the memory pages. */
  imageBytes: number;
  /** A JSON document, such as `spec.dump`. */
  documentBytes: number;
  /** Processes of a checkpoint. */
  processes: number;
  /** How deep processes may be nested in the process tree. */
  depth: number;
  /** Open files and sockets of all processes together. */
  descriptors: number;
  /** Arguments, or environment, of one process. Linux allows a quarter of the stack's limit, 2 MiB by default, for both. */
  argumentBytes: number;
  /** Arguments and environments of all processes together: each process may lie about its own. */
  allArgumentBytes: number;
  /** Of a longer `dump.log` only the start is read, of a longer container's log only the end. */
  logBytes: number;
  /** Warnings of a report; further ones are only counted. */
  warnings: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export const defaultLimits: Limits = {
  unpackedBytes: 16 * GiB,
  entries: 250_000,
  nameBytes: 4 * KiB,
  imageBytes: 64 * MiB,
  documentBytes: 16 * MiB,
  processes: 32_768,
  depth: 500,
  descriptors: 250_000,
  argumentBytes: 2 * MiB,
  allArgumentBytes: 32 * MiB,
  logBytes: 8 * MiB,
  warnings: 100,
};

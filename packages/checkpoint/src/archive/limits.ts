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
  /** Arguments, or environment, of one process. Linux allows 6 MiB for both together. */
  argumentBytes: number;
  /** `dump.log` or the container's log: of a longer one only the end is read. */
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
  argumentBytes: 6 * MiB,
  logBytes: 8 * MiB,
  warnings: 100,
};

/** A checkpoint archive that cannot be read. The message names the file and, where it is known, the byte. */
export class ArchiveError extends Error {
  readonly name = 'ArchiveError';

  /**
   * @param file - the archive, and the file inside it where the trouble lies
   * @param problem - what is wrong, in words for a person
   * @param offset - where in that file, in bytes from its start
   */
  constructor(
    readonly file: string,
    readonly problem: string,
    readonly offset?: number,
  ) {
    super(
      offset === undefined
        ? `${file}: ${problem}`
        : `${file}: ${problem} (at byte ${offset})`,
    );
  }
}

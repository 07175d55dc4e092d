const COMMAND_LENGTH = 512;

/** What differs from run to run of the same attack: ids, numbers, random names. */
const VARYING = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi,
  // Hexadecimal that is no word: it has a digit.
  /\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi,
  /\d+/g,
];

/** A command line with `#` for what differs from run to run, so that the same command is known again. */
export function normaliseCommand(command: string): string {
  const bounded = command.slice(0, COMMAND_LENGTH * 4);
  return VARYING.reduce((text, varying) => text.replace(varying, '#'), bounded)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, COMMAND_LENGTH);
}

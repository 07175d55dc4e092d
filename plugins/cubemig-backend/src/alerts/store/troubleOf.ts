const LENGTH = 1_000;

/** What an error says, to be kept with an alert. Knex puts the whole statement, with all that is in it, before what the database says. */
export function troubleOf({ message }: Error): string {
  return message
    .split(' - ')
    .at(-1)!
    .slice(0, LENGTH)
    .replaceAll('\0', '\uFFFD');
}

/**
 * Where the backend tells, through Backstage's signals, that migrations have changed. A message is `{id}`: ids only, because signals go
 * to everyone who is signed in, whatever their permissions.
 */
export const MIGRATIONS_CHANNEL = 'cubemig:migrations';

/** Where the backend tells of alerts and of what was decided about them; as {@link MIGRATIONS_CHANNEL}. */
export const ALERTS_CHANNEL = 'cubemig:alerts';

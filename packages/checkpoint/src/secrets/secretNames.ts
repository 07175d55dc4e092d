/** Words in a name that make its value a secret; `KEY` alone would also hide `KEYBOARD` and the like. */
const SECRET_WORDS =
  /(^|[_.-])(PASS(WD|WORD|PHRASE)?|PWD|SECRETS?|TOKENS?|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER|SSH|AUTH)[_-]?KEY|KEY|AUTH|APIKEY|COOKIE|DSN|SALT|SIGNATURE)([_.-]?\d*$|[_.-])|(PASSWORD|PASSWD|SECRET|TOKEN|APIKEY)/i;

/** Names that hold such a word and no secret. */
const HARMLESS =
  /^(PWD|OLDPWD|SSH_AUTH_SOCK|GPG_KEY|.*_(FILE|PATH|DIR|URL_PATH|NAME|ID|TTL|EXPIRY|TYPE|ENABLED))$/i;

/** Whether a variable's name, or a field's, promises a secret: `DB_PASSWORD`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  const words = name.slice(0, 256).replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_WORDS.test(words) && !HARMLESS.test(words);
}

/** Words in a name that make its value a secret; `KEY` alone would also hide `KEYBOARD` and the like. */
const SECRET_WORDS =
  /(^|[_.-])(PASS(WD|WORD|PHRASE)?|PWD|SECRETS?|TOKENS?|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER|SSH|AUTH)[_-]?KEY|KEY|AUTH|APIKEY|COOKIE|DSN|SALT)([_.-]?\d*$|[_.-])|(PASSWORD|PASSWD|SECRET|TOKEN|APIKEY)/i;

/** Names that hold such a word and no secret. */
const HARMLESS =
  /^(PWD|OLDPWD|SSH_AUTH_SOCK|GPG_KEY|.*_(FILE|PATH|DIR|URL_PATH|NAME|ID|TTL|EXPIRY|TYPE|ENABLED))$/i;

/** Whether a variable's name promises a secret. */
export function isSecretName(name: string): boolean {
  const start = name.slice(0, 256);
  return SECRET_WORDS.test(start) && !HARMLESS.test(start);
}

/*
 * Lengths are bounded in all of these: they run over hostile text of megabytes, where an unbounded repetition would take
 * time that grows with the square of its length.
 */

/** `scheme://user:password@host`: the password. */
const URL_PASSWORD =
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@'"]{0,256}):([^\s@/'"]{1,256})@/gi;

/** Keys that look like secrets whatever they are called: AWS, GitHub, Slack, Google, JWT, PEM. */
const SECRET_SHAPES =
  /\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|xox[abprs]-[A-Za-z0-9-]{10,255}|AIza[0-9A-Za-z_-]{35}|eyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{1,1000})|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{0,8192}/g;

/** `--password=x`, `--token x`; `-p x` of well-known tools is left to the reader. */
const SECRET_OPTION =
  /(--?(?:[a-z0-9]{1,20}-){0,4}(?:password|passwd|pass|secret|token|api-?key|access-?key|requirepass|masterauth)(?:=|[ \0]))(?!\s|-)([^\s\0'"]{1,256}|"[^"]{0,256}"|'[^']{0,256}')/gi;

/** The secret parts of a text. */
export function findSecrets(text: string): string[] {
  return [
    ...[...text.matchAll(URL_PASSWORD)].map(match => match[2]),
    ...[...text.matchAll(SECRET_OPTION)].map(match => match[2]),
    ...[...text.matchAll(SECRET_SHAPES)].map(match => match[0]),
  ];
}

/** Whether a variable's value is a secret, by its name or by its own looks. */
export function holdsSecret(name: string, value: string): boolean {
  return value !== '' && (isSecretName(name) || findSecrets(value).length > 0);
}

/** Words in a name that make its value a secret; `KEY` alone would also hide `KEYBOARD` and the like. */
const SECRET_WORDS =
  /(^|[_.-])(PASS(WD|WORD|PHRASE)?|PWD|SECRETS?|TOKENS?|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER|SSH|AUTH)[_-]?KEY|KEY|AUTH|APIKEY|COOKIE|DSN|SALT)([_.-]?\d*$|[_.-])|(PASSWORD|PASSWD|SECRET|TOKEN|APIKEY)/i;

/** Names that hold such a word and no secret. */
const HARMLESS =
  /^(PWD|OLDPWD|SSH_AUTH_SOCK|GPG_KEY|.*_(FILE|PATH|DIR|URL_PATH|NAME|ID|TTL|EXPIRY|TYPE|ENABLED))$/i;

/** Whether a variable's name promises a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_WORDS.test(name) && !HARMLESS.test(name);
}

/** `scheme://user:password@host`: the password. */
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*):([^\s@/'"]+)@/gi;

/** Keys that look like secrets whatever they are called: AWS, GitHub, Slack, Google, JWT, PEM. */
const SECRET_SHAPES =
  /\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+)|-----BEGIN [A-Z ]*PRIVATE KEY-----/g;

/** `--password=x`, `--token x`, `-p x` of well-known tools is left to the reader. */
const SECRET_OPTION =
  /(--?(?:[a-z0-9]+-)*(?:password|passwd|pass|secret|token|api-?key|access-?key|requirepass|masterauth)(?:=|[ \0]))(?!\s|-)([^\s\0'"]+|"[^"]*"|'[^']*')/gi;

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

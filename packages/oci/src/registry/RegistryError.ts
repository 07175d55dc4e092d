/** What went wrong between us and a registry, as a word that programs can match on. */
export type RegistryErrorCode =
  | 'registry-unauthorized'
  | 'registry-forbidden'
  | 'registry-not-found'
  | 'registry-too-large'
  | 'registry-busy'
  | 'registry-unavailable'
  | 'registry-unreachable'
  | 'registry-timeout'
  | 'registry-tls'
  | 'registry-elsewhere'
  | 'registry-digest'
  | 'registry-protocol';

const remedies: Record<RegistryErrorCode, string> = {
  'registry-unauthorized':
    'Check the credentials for this registry: the Secret or setting that holds them, and whether they have expired.',
  'registry-forbidden':
    'Give these credentials the right to pull and push in this repository, or choose another repository prefix.',
  'registry-not-found':
    'Check the name of the registry and repository; some registries want a repository or project to be created first.',
  'registry-too-large':
    'Raise the size limit of the registry or of the proxy in front of it (nginx: client_max_body_size 0).',
  'registry-busy': 'Wait, or raise the rate limit of the registry.',
  'registry-unavailable':
    "Look at the registry's own log and free disk space, then try again.",
  'registry-unreachable':
    'Check that the registry runs, its host and port, DNS, and that network policies and firewalls let this machine reach it.',
  'registry-timeout':
    'Check the network to the registry and its load, then try again.',
  'registry-tls':
    "Give the registry's CA certificate, or, for a registry without TLS, say so in the settings (insecure).",
  'registry-elsewhere':
    "Make the registry answer with its own address (X-Forwarded-Proto and Host behind a proxy, external URL); for a token service on another host, add credentials for that host to the registry's Secret.",
  'registry-digest':
    'The content is damaged or was tampered with: make the checkpoint again and look at the registry and what lies between.',
  'registry-protocol':
    'Check that the address is that of an OCI registry (distribution API v2), not of a web page or proxy.',
};

const passing: RegistryErrorCode[] = [
  'registry-busy',
  'registry-unavailable',
  'registry-unreachable',
  'registry-timeout',
];

/** A registry's refusal or failure: `message` says what happened, `remedy` what to do about it. */
export class RegistryError extends Error {
  readonly name = 'RegistryError';
  readonly remedy: string;
  /** How long the registry asks us to wait, in milliseconds. */
  retryAfterMs = 0;

  constructor(
    readonly code: RegistryErrorCode,
    message: string,
    readonly details: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.remedy = remedies[code];
  }

  /** True of what may go away by itself. */
  get mayPass(): boolean {
    return passing.includes(this.code);
  }
}

/** The error for an answer that was not hoped for; `reason` is what the registry said of it, if anything. */
export function errorOfStatus(
  status: number,
  what: string,
  reason?: string,
): RegistryError {
  const code = codeOfStatus(status);
  const said = reason ? `: ${reason}` : '';
  return new RegistryError(code, `${what}: answered ${status}${said}`, {
    status,
  });
}

function codeOfStatus(status: number): RegistryErrorCode {
  switch (status) {
    case 401:
      return 'registry-unauthorized';
    case 403:
      return 'registry-forbidden';
    case 404:
      return 'registry-not-found';
    case 413:
      return 'registry-too-large';
    case 429:
      return 'registry-busy';
    default:
      if (status >= 500) return 'registry-unavailable';
      if (status >= 300 && status < 400) return 'registry-elsewhere';
      return 'registry-protocol';
  }
}

const tlsCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const timeoutCodes = /TIMEOUT|^ETIMEDOUT/;
const networkCodes =
  /^(ECONN|EPIPE|EHOST|ENET|ENOTFOUND|EAI_|UND_ERR_SOCKET|UND_ERR_INFO)/;

/** The error for a failed connection. What is none (an abort, the source of a body failing) comes back as it is. */
export function errorOfFailure(
  cause: unknown,
  what: string,
  timeoutMs: number,
): unknown {
  const code = String((cause as { code?: unknown } | undefined)?.code ?? '');
  const text = (cause as Error | undefined)?.message;
  if (tlsCodes.test(code)) {
    return new RegistryError('registry-tls', `${what}: ${text}`, { cause });
  }
  if (timeoutCodes.test(code)) {
    // undici says of a connection how long it tried, of an answer nothing.
    const waited = code.includes('CONNECT')
      ? text
      : `no answer within ${timeoutMs / 1000} s`;
    return new RegistryError('registry-timeout', `${what}: ${waited}`, {
      cause,
    });
  }
  if (networkCodes.test(code)) {
    return new RegistryError(
      'registry-unreachable',
      `${what}: ${text || code}`,
      { cause },
    );
  }
  return cause;
}

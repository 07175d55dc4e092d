import { z } from 'zod';
import { readBody } from './readBody';

/** In characters: more than that of a refusal is not worth reading. */
const MAX_LENGTH = 10_000;

/** A `Status` of the API server, or what Backstage answers; of what is neither, nothing is taken. */
const refusalSchema = z.object({
  kind: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error: z.object({ message: z.string() }).optional().catch(undefined),
});

/** A cluster's API server, or the way to it, refused a request. */
export class ClusterApiError extends Error {
  readonly name = 'ClusterApiError';
  /** How long the server wants to be left alone, if it says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly cluster: string,
    /** The HTTP status, or undefined if no answer came. */
    readonly status: number | undefined,
    /** Kubernetes' own word, for example `AlreadyExists`; undefined where the answer is not the API server's. */
    readonly reason: string | undefined,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /**
   * Reads an answer that is not a success. The API server sends a `Status` object; Backstage (and proxies on the way) send
   * their own shapes.
   */
  static async fromResponse(
    cluster: string,
    response: Response,
  ): Promise<ClusterApiError> {
    const { status, statusText } = response;
    const { text, json } = await readBody(response, MAX_LENGTH).catch(() => ({
      text: '',
      json: undefined,
    }));
    const told = refusalSchema.safeParse(json).data;
    return new ClusterApiError(
      cluster,
      status,
      told?.kind === 'Status' ? told.reason ?? '' : undefined,
      told?.message || told?.error?.message || text.slice(0, 500) || statusText,
      { retryAfterSeconds: readRetryAfter(response) },
    );
  }
}

/** An API server says seconds, never a date. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** Whether an error is the API server's own refusal for this reason. A 404 of a proxy on the way is none. */
export function isRefusal(
  error: unknown,
  reason: 'NotFound' | 'Conflict' | 'AlreadyExists' | 'Forbidden',
): error is ClusterApiError {
  return error instanceof ClusterApiError && error.reason === reason;
}

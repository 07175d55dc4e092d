/** One cause of an `Invalid` answer. */
export interface StatusCause {
  /** For example `FieldValueInvalid`. */
  reason: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** What Kubernetes answers when a request fails: its `Status` object as an exception. */
export class ApiError extends Error {
  constructor(
    /** HTTP status code. */
    readonly code: number,
    /** For example `NotFound`, `Conflict`, `AlreadyExists`, `Invalid`. */
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The `Status` object that a client receives. */
  toStatus() {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

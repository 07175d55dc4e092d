import { qualifiedKind, qualifiedName, type ResourceType } from './resources';

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

function detailsOf(type: ResourceType, name: string): StatusDetails {
  return {
    ...(name ? { name } : {}),
    ...(type.group ? { group: type.group } : {}),
    kind: type.plural,
  };
}

export function notFound(type: ResourceType, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${qualifiedName(type)} "${name}" not found`,
    detailsOf(type, name),
  );
}

export function alreadyExists(type: ResourceType, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${qualifiedName(type)} "${name}" already exists`,
    detailsOf(type, name),
  );
}

export function conflict(
  type: ResourceType,
  name: string,
  why: string,
): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(type)} "${name}": ${why}`,
    detailsOf(type, name),
  );
}

export function forbidden(
  type: ResourceType,
  name: string,
  why: string,
  causes?: StatusCause[],
): ApiError {
  return new ApiError(
    403,
    'Forbidden',
    `${qualifiedName(type)} ${name ? `"${name}" ` : ''}is forbidden: ${why}`,
    { ...detailsOf(type, name), ...(causes ? { causes } : {}) },
  );
}

/** A field that is not as it must be; `message` as Kubernetes words it, for example `Required value`. */
export function fieldCause(
  field: string,
  reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueNotSupported',
  message: string,
): StatusCause {
  return { reason, message, field };
}

export function invalid(
  type: ResourceType,
  name: string,
  causes: StatusCause[],
): ApiError {
  const said = causes.map(cause => `${cause.field}: ${cause.message}`);
  return new ApiError(
    422,
    'Invalid',
    `${qualifiedKind(type)} "${name}" is invalid: ${
      said.length === 1 ? said[0] : `[${said.join(', ')}]`
    }`,
    {
      ...(name ? { name } : {}),
      ...(type.group ? { group: type.group } : {}),
      kind: type.kind,
      causes,
    },
  );
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** A watch or list that starts from a version which is no longer remembered. */
export function expired(asked: number, oldest: number): ApiError {
  return new ApiError(
    410,
    'Expired',
    `too old resource version: ${asked} (${oldest})`,
  );
}

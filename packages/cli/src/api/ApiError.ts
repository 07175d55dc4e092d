import { exitCodes } from '../exitCodes';

/** The API refused, or could not be reached; the exit code tells which. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** What a refusal or a broken connection means, in words for whoever typed the command. */
export function explainApiError(error: unknown, server: string): Error {
  const { name, message, body, response, cause } = error as Error & {
    body?: { error?: { message?: string; remedy?: string } };
    response?: { status: number };
  };
  if (name === 'ResponseError') {
    const said = body?.error?.message ?? message;
    return response?.status === 401
      ? new ApiError(
          said,
          exitCodes.refused,
          'Log in with "cubemig login", or give --token or CUBEMIG_TOKEN; tokens of users last an hour.',
        )
      : new ApiError(said, exitCodes.refused);
  }
  if (name === 'TypeError' && message === 'fetch failed') {
    const { message: why = message } = (cause ?? {}) as Error;
    return new ApiError(
      `${server} does not answer (${why})`,
      exitCodes.unreachable,
      "Give the address of Backstage's backend with --server or CUBEMIG_URL, for example http://localhost:7007.",
    );
  }
  // Backstage's frontend answers anything with its page.
  if (name === 'ZodError' || name === 'SyntaxError') {
    return new ApiError(
      `${server} answered in a form that this program does not know`,
      exitCodes.unreachable,
      "Check that this is the address of Backstage's backend, for example http://localhost:7007, and that both have the same version.",
    );
  }
  return error as Error;
}

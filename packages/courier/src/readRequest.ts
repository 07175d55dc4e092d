import {
  COURIER_REQUEST_VARIABLE,
  CourierRequest,
  courierRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** The request cannot be understood: nothing was done. */
export class BadRequest extends Error {
  readonly name = 'BadRequest';
}

/** The request that the Job carries, validated again. */
export function readRequest(env: NodeJS.ProcessEnv): CourierRequest {
  const text = env[COURIER_REQUEST_VARIABLE];
  if (!text) {
    throw new BadRequest(`${COURIER_REQUEST_VARIABLE} is not set`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadRequest(`${COURIER_REQUEST_VARIABLE} is not JSON`);
  }
  const parsed = courierRequestSchema.safeParse(json);
  if (!parsed.success) {
    throw new BadRequest(
      `${COURIER_REQUEST_VARIABLE}: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

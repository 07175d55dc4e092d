import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { normalisePriority } from '../normalise';
import { splitArray } from './splitArray';

/** How long one alert's JSON may be, in characters. */
export const PAYLOAD_LENGTH = 65_536;
/** How many may come in one request. */
const ALERTS_PER_REQUEST = 1000;

const HOW_TO_SEND =
  'Set json_output: true and http_output in falco.yaml, or the webhook output of falcosidekick';

/** All that an alert must have, from whichever Falco; the rest is kept as it is. */
const payloadSchema = z.looseObject({
  rule: z.string().min(1),
  priority: z
    .string()
    .refine(
      text => normalisePriority(text) !== undefined,
      'is not one of Falco',
    ),
  time: z
    .string()
    .refine(
      text => !Number.isNaN(Date.parse(text)),
      'must be an RFC 3339 time',
    ),
  output: z.string().nullish(),
  output_fields: z.record(z.string(), z.unknown()).nullish(),
});

/** One alert as it came in. */
export interface ParsedAlert {
  /** Its JSON, exactly as it was written. */
  text: string;
  /** When it happened, as the sender says: ISO 8601, UTC, milliseconds. */
  time: string;
}

/**
 * The alerts in a request's body.
 *
 * @throws InputError that says what to set in Falco
 */
export function parseAlerts(body: string): ParsedAlert[] {
  const parsed = parseJson(body);
  const isList = Array.isArray(parsed);
  const alerts: unknown[] = isList ? parsed : [parsed];
  if (alerts.length === 0 || alerts.length > ALERTS_PER_REQUEST) {
    throw new InputError(
      `A request carries 1 to ${ALERTS_PER_REQUEST} alerts, not ${alerts.length}`,
    );
  }
  const times = alerts.map(readTime);
  const texts = isList ? splitArray(body) : [body.trim()];
  if (texts.some(text => text.length > PAYLOAD_LENGTH)) {
    throw new InputError(
      `An alert may have ${PAYLOAD_LENGTH} characters at most; leave long fields out of the rule's output`,
    );
  }
  return texts.map((text, i) => ({ text, time: times[i] }));
}

function parseJson(body: string): unknown {
  if (body.trim() === '') {
    throw new InputError(`The body is empty. ${HOW_TO_SEND}.`);
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new InputError(
      `The body is no JSON; it looks like Falco's plain text output. ${HOW_TO_SEND}.`,
    );
  }
}

/** @throws InputError if it is no alert */
function readTime(alert: unknown): string {
  const parsed = payloadSchema.safeParse(alert);
  if (parsed.success) return new Date(parsed.data.time).toISOString();
  const [issue] = parsed.error.issues;
  const where = issue.path.join('.') || 'the alert';
  throw new InputError(
    `${where}: ${issue.message}. That is no alert of Falco. ${HOW_TO_SEND}.`,
  );
}

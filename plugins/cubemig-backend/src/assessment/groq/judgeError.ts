import Groq from 'groq-sdk';
import { Problem } from '@cubemig/plugin-cubemig-common';
import { Abilities } from './askModel';

/** What to do after a request has failed. */
export type Judgement =
  /** Ask again after a pause; in milliseconds, undefined: as long as is usual. */
  | { then: 'wait'; pauseMs?: number; problem: Problem }
  /** Ask again at once, in a way that the server understands. */
  | { then: 'adapt'; abilities: Abilities }
  /** Ask again with less evidence. */
  | { then: 'shorten'; problem: Problem }
  | { then: 'give up'; problem: Problem };

/** Longer pauses are for people to decide on. */
const MAX_PAUSE_MS = 60_000;

export const wrongStructure: Problem = {
  code: 'assessor-structure',
  message: "The model's answers have not the structure that was asked for.",
  remedy:
    'Ask again, or choose a model that supports structured outputs (cubemig.assessment.model).',
};

export const cutOff: Problem = {
  code: 'assessor-cut',
  message: "The model's answer broke off in the middle.",
  remedy:
    'Ask again. If it happens every time, look at the proxies between the backend and cubemig.assessment.baseUrl.',
};

const tooLong: Problem = {
  code: 'assessor-prompt-too-long',
  message: 'The evidence is longer than the model takes.',
  remedy: 'Lower cubemig.assessment.maxPromptCharacters in app-config.',
};

/** What an error of the model's server means, by status and by Groq's own words; some repeat the key that they refuse. */
export function judgeError(
  error: unknown,
  abilities: Abilities,
  apiKey: string,
): Judgement {
  const status = error instanceof Groq.APIError ? error.status : undefined;
  const message = describe(error).replaceAll(apiKey, '******').slice(0, 500);
  if (status === 400 || status === 422) {
    if (
      /json_validate_failed|failed to (validate|generate) json/i.test(message)
    ) {
      return { then: 'wait', pauseMs: 0, problem: wrongStructure };
    }
    if (abilities.streaming && /stream/i.test(message)) {
      return { then: 'adapt', abilities: { ...abilities, streaming: false } };
    }
    if (
      abilities.structure === 'json_schema' &&
      /response[ _]format|json_schema|structured/i.test(message)
    ) {
      return {
        then: 'adapt',
        abilities: { ...abilities, structure: 'json_object' },
      };
    }
    if (/context|too (long|large)|reduce the length/i.test(message)) {
      return { then: 'shorten', problem: tooLong };
    }
  }
  if (status === 413) return { then: 'shorten', problem: tooLong };
  if (status === 401 || status === 403) {
    return {
      then: 'give up',
      problem: {
        code: 'assessor-unauthorized',
        message: `The model's server refuses the key: ${message}`,
        remedy:
          'Set cubemig.assessment.apiKey in app-config to a valid key, and check that it may use the model.',
      },
    };
  }
  if (status === 404) {
    return {
      then: 'give up',
      problem: {
        code: 'assessor-model-unknown',
        message: `The model's server does not know the model or the address: ${message}`,
        remedy:
          'Set cubemig.assessment.model to a model that the server has, and check cubemig.assessment.baseUrl.',
      },
    };
  }
  const mayPass =
    status === undefined ||
    status === 408 ||
    status === 409 ||
    status === 429 ||
    status >= 500;
  if (!mayPass) {
    return {
      then: 'give up',
      problem: {
        code: 'assessor-refused',
        message: `The model's server refuses the request: ${message}`,
        remedy: 'Check the section cubemig.assessment of app-config.',
      },
    };
  }
  const pauseMs = readRetryAfter(error);
  const problem = {
    code: status === 429 ? 'assessor-busy' : 'assessor-unavailable',
    message:
      status === 429
        ? `The model's server asks to wait${describePause(pauseMs)}: ${message}`
        : `The model's server does not answer: ${message}`,
    remedy:
      status === 429
        ? 'Ask again later, or raise the limits of the account.'
        : 'Check that the backend reaches the server (cubemig.assessment.baseUrl), then ask again.',
  };
  return pauseMs !== undefined && pauseMs > MAX_PAUSE_MS
    ? { then: 'give up', problem }
    : { then: 'wait', pauseMs, problem };
}

function describe(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return 'it took longer than cubemig.assessment.timeoutSeconds';
  }
  const { message, cause } = error as Error;
  const told = error instanceof Groq.APIError && tell(error);
  if (told) return told;
  const text =
    cause instanceof Error ? `${message} (${cause.message})` : message;
  return String(text);
}

/** What a server says in Groq's form; undefined of one that says it otherwise. */
function tell(error: { error?: unknown; status?: number }): string | undefined {
  const body = error.error as Record<string, any> | undefined;
  const { message, code } = body?.error ?? {};
  if (typeof message !== 'string') return undefined;
  const facts = [error.status, typeof code === 'string' && code].filter(
    Boolean,
  );
  return facts.length > 0 ? `${message} (${facts.join(', ')})` : message;
}

function describePause(pauseMs: number | undefined) {
  return pauseMs === undefined ? '' : ` ${Math.ceil(pauseMs / 1000)} s`;
}

/** Seconds, or an HTTP date; in milliseconds. */
function readRetryAfter(error: unknown): number | undefined {
  const value =
    error instanceof Groq.APIError
      ? error.headers?.get('retry-after')
      : undefined;
  if (!value) return undefined;
  const pause = /^\d+(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.now();
  return Number.isFinite(pause) ? Math.max(0, pause) : undefined;
}

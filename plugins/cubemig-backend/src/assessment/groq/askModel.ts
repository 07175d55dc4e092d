import Groq from 'groq-sdk';
import { z } from 'zod';
import { answerFormat, describeFormat, Prompt } from '../prompt';

/** What a server can do. Groq's own differs from model to model, and some refuse structure together with streaming. */
export interface Abilities {
  structure: 'json_schema' | 'json_object';
  streaming: boolean;
}

const seconds = z.number().optional().catch(undefined);
const usageSchema = z
  .object({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    queue_time: seconds,
    prompt_time: seconds,
    completion_time: seconds,
  })
  .optional()
  .catch(undefined);

/** What a request has cost, as the server says. */
export type Usage = NonNullable<z.infer<typeof usageSchema>>;

const textSchema = z.object({ content: z.string() }).catch({ content: '' });

/** No more than this is taken of what a server says; what is of another type counts as absent. */
const saidSchema = z
  .object({
    choices: z
      .array(
        z.object({
          message: textSchema,
          delta: textSchema,
          finish_reason: z.unknown().optional(),
        }),
      )
      .catch([]),
    usage: usageSchema,
    x_groq: z.object({ usage: usageSchema }).optional().catch(undefined),
  })
  .catch({ choices: [] });

export interface ModelAnswer {
  text: string;
  usage?: Usage;
  /** The stream ended before the model did. */
  isCut?: boolean;
}

/** A longer answer is none: the structure's own bounds are below. */
const MAX_ANSWER = 400_000;
const MAX_TOKENS = 6_000;

/**
 * Sends one request.
 *
 * @throws Groq.APIError, or the signal's reason
 */
export async function askModel(
  client: Groq,
  options: {
    model: string;
    prompt: Pick<Prompt, 'system' | 'user'>;
    abilities: Abilities;
    onText?: (text: string) => void;
    signal: AbortSignal;
  },
): Promise<ModelAnswer> {
  const { model, prompt, abilities, onText, signal } = options;
  const hasSchema = abilities.structure === 'json_schema';
  const request = {
    model,
    temperature: 0.2,
    max_completion_tokens: MAX_TOKENS,
    messages: [
      {
        role: 'system' as const,
        content: hasSchema ? prompt.system : prompt.system + describeFormat(),
      },
      { role: 'user' as const, content: prompt.user },
    ],
    response_format: hasSchema
      ? {
          type: 'json_schema' as const,
          json_schema: { name: 'assessment', schema: answerFormat },
        }
      : { type: 'json_object' as const },
  };
  if (!abilities.streaming) {
    const completion = await client.chat.completions.create(request, {
      signal,
    });
    const { choices, usage } = saidSchema.parse(completion);
    const text = choices[0]?.message.content ?? '';
    onText?.(text);
    return { text, usage };
  }
  const chunks = await client.chat.completions.create(
    { ...request, stream: true },
    { signal },
  );
  let text = '';
  let usage: Usage | undefined;
  let isCut = true;
  try {
    for await (const chunk of chunks) {
      const { choices, x_groq: told } = saidSchema.parse(chunk);
      const [choice] = choices;
      const added = choice?.delta.content ?? '';
      text += added;
      if (added) onText?.(added);
      usage = told?.usage ?? usage;
      if (choice?.finish_reason || text.length > MAX_ANSWER) isCut = false;
      if (text.length > MAX_ANSWER) chunks.controller.abort();
    }
  } catch (error) {
    // What the server itself says is wrong tells more than that it stopped.
    if (error instanceof Groq.APIError || text === '') throw error;
  }
  signal.throwIfAborted();
  return { text, usage, isCut };
}

import Groq from 'groq-sdk';
import { Expense, Problem } from '@cubemig/plugin-cubemig-common';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../failures';
import {
  AssessmentSubject,
  AssessOptions,
  Assessor,
  AssessorAnswer,
} from '../Assessor';
import { AssessmentConfig } from '../assessmentConfig';
import { buildPrompt } from '../prompt';
import { Abilities, askModel, Usage } from './askModel';
import { cutOff, judgeError, wrongStructure } from './judgeError';
import { parseAnswer } from './parseAnswer';

/** Pauses between requests, in milliseconds, where the server asks for none; the last one repeats. */
const PAUSES = [500, 2_000, 8_000];
const MAX_ADAPTATIONS = 4;

/** Asks a language model over Groq's API. */
export class GroqAssessor implements Assessor {
  readonly model: string;
  private readonly client: Groq;
  /** Learnt from the server's refusals. */
  private abilities: Abilities = { structure: 'json_schema', streaming: true };

  constructor(
    private readonly config: AssessmentConfig & { apiKey: string },
    private readonly pauses: readonly number[] = PAUSES,
  ) {
    this.model = config.model;
    this.client = new Groq({
      apiKey: config.apiKey,
      // Without it the SDK would read the environment.
      baseURL: config.baseUrl ?? 'https://api.groq.com',
      timeout: config.timeoutSeconds * 1000,
      // Tries and pauses are counted here.
      maxRetries: 0,
      logLevel: 'off',
      // What is in a report goes to the server that config names, and to no other.
      fetchOptions: { redirect: 'error' },
    });
  }

  async assess(
    subject: AssessmentSubject,
    options: AssessOptions = {},
  ): Promise<AssessorAnswer> {
    const start = performance.now();
    const expense: Expense = {
      promptTokens: 0,
      completionTokens: 0,
      totalMs: 0,
      attempts: 0,
    };
    let maxCharacters = this.config.maxPromptCharacters;
    let prompt = this.buildPrompt(subject, maxCharacters);
    let problem: Problem = wrongStructure;
    let adaptations = 0;
    for (let attempt = 1; attempt <= this.config.attempts; attempt++) {
      let pauseMs = this.pauses[Math.min(attempt, this.pauses.length) - 1];
      try {
        expense.attempts += 1;
        const { text, usage, isCut } = await this.ask(prompt, options);
        addUsage(expense, usage);
        const answer = parseAnswer(text);
        if (answer) {
          expense.totalMs = Math.round(performance.now() - start);
          return {
            answer,
            disclosure: prompt.disclosure,
            expense: { ...expense, cost: this.costOf(expense) },
            redact: prompt.redact,
          };
        }
        problem = isCut ? cutOff : wrongStructure;
        if (!isCut) pauseMs = 0;
      } catch (error) {
        options.signal?.throwIfAborted();
        const judgement = judgeError(error, this.abilities, this.config.apiKey);
        if (judgement.then === 'adapt') {
          this.abilities = judgement.abilities;
          // What the server cannot do is no failed attempt, but it must come to an end.
          adaptations += 1;
          if (adaptations <= MAX_ADAPTATIONS) attempt -= 1;
          continue;
        }
        problem = judgement.problem;
        if (judgement.then === 'give up') break;
        if (judgement.then === 'shorten') {
          maxCharacters = Math.floor(maxCharacters / 2);
          prompt = this.buildPrompt(subject, maxCharacters);
          pauseMs = 0;
        } else {
          pauseMs = judgement.pauseMs ?? pauseMs;
        }
      }
      if (attempt < this.config.attempts) {
        options.onRestart?.(problem.message, pauseMs);
        await delay(pauseMs, undefined, { signal: options.signal });
      }
    }
    throw new ProblemError(problem);
  }

  private async ask(
    prompt: ReturnType<GroqAssessor['buildPrompt']>,
    { onText, signal }: AssessOptions,
  ) {
    const timeout = AbortSignal.timeout(this.config.timeoutSeconds * 1000);
    const bounded = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await askModel(this.client, {
        model: this.model,
        prompt,
        abilities: this.abilities,
        onText,
        signal: bounded,
      });
    } catch (error) {
      // The SDK hides why it was stopped.
      throw timeout.aborted ? timeout.reason : error;
    }
  }

  private buildPrompt(subject: AssessmentSubject, maxCharacters: number) {
    return buildPrompt(subject, {
      maxCharacters,
      ipAddresses: this.config.redactIpAddresses,
    });
  }

  private costOf({ promptTokens, completionTokens }: Expense) {
    const price = this.config.prices[this.model];
    if (!price) return undefined;
    const amount =
      (promptTokens * price.promptPerMillion +
        completionTokens * price.completionPerMillion) /
      1_000_000;
    return { amount, currency: this.config.currency };
  }
}

/** Groq tells times in seconds. */
function addUsage(expense: Expense, usage: Usage | undefined) {
  if (!usage) return;
  const toMs = (seconds: number | undefined) =>
    seconds === undefined ? undefined : Math.round(seconds * 1000);
  expense.promptTokens += usage.prompt_tokens;
  expense.completionTokens += usage.completion_tokens;
  expense.queueMs = toMs(usage.queue_time);
  expense.promptMs = toMs(usage.prompt_time);
  expense.completionMs = toMs(usage.completion_time);
}

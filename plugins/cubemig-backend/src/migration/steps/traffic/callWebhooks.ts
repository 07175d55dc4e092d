import { createHmac } from 'node:crypto';
import { ProblemError } from '../../../failures';
import { MigrationRun } from '../../MigrationRun';
import type { Webhook } from '../../placementConfig';
import { rulesFor } from './rulesFor';

const ATTEMPTS = 3;

/**
 * Tells the webhooks of config that traffic follows the pod, or that it does not after all: at least once. Whoever is told again, after a crash or
 * because an answer was lost, knows it by the same `Idempotency-Key`.
 *
 * @throws ProblemError if one does not answer with success
 */
export async function callWebhooks(
  run: MigrationRun,
  event: 'cut-over' | 'undone',
) {
  const { webhooks } = rulesFor(run.config.migration, run.migration.source);
  for (const webhook of webhooks) {
    await call(run, webhook, event);
    await run.note(`Told ${hostOf(webhook)}: ${event}`);
  }
}

/** Only the host: addresses of webhooks often hold a secret. */
export function hostOf({ url }: Webhook): string {
  return new URL(url).host;
}

async function call(run: MigrationRun, webhook: Webhook, event: string) {
  const { id, mode, entityRef, source, target } = run.migration;
  const migration = { id, mode, entityRef, source, target };
  const body = JSON.stringify({ event, migration });
  for (let attempt = 1; ; attempt++) {
    const problem = await send(webhook, `${id}/${event}`, body, run.signal);
    run.signal.throwIfAborted();
    if (!problem) return;
    if (attempt === ATTEMPTS) {
      throw new ProblemError({
        code: 'webhook-failed',
        message: `The webhook at ${hostOf(webhook)} ${problem}.`,
        remedy:
          'Look into its log, or remove it from cubemig.migration.webhooks in app-config, then migrate again.',
      });
    }
  }
}

/** Resolves to what went wrong, or undefined. */
async function send(
  { url, secret, timeoutSeconds }: Webhook,
  key: string,
  body: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const timestamp = new Date().toISOString();
  const signature = createHmac('sha256', secret)
    .update(`${timestamp}.${body}`)
    .digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'X-CubeMig-Timestamp': timestamp,
        'X-CubeMig-Signature': `sha256=${signature}`,
      },
      // Whoever answers for this host must not be able to send us to another.
      redirect: 'error',
      signal: AbortSignal.any([
        signal,
        AbortSignal.timeout(timeoutSeconds * 1000),
      ]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  } catch (error) {
    const { name, cause } = error as Error & { cause?: Error };
    if (name === 'TimeoutError') {
      return `did not answer within ${timeoutSeconds} s`;
    }
    return `cannot be reached (${cause?.message ?? name})`;
  }
}

import { promises as fs } from 'node:fs';

/** Longer messages are cut (pkg/kubelet/kuberuntime, MaxContainerTerminationMessageLength). */
const MAX_MESSAGE_BYTES = 4096;
const MAX_LOG_MESSAGE_BYTES = 2048;
const MAX_LOG_MESSAGE_LINES = 80;

/** What a container left as its last word: its termination log, or by policy the end of its log if it failed. */
export async function readTerminationMessage(
  messagePath: string,
  logPath: string,
  policy: string | undefined,
  exitCode: number,
): Promise<string | undefined> {
  const message = await fs.readFile(messagePath).catch(() => Buffer.alloc(0));
  if (message.length > 0) {
    return message.subarray(0, MAX_MESSAGE_BYTES).toString();
  }
  if (policy !== 'FallbackToLogsOnError' || exitCode === 0) {
    return undefined;
  }
  const log = await fs.readFile(logPath, 'utf8').catch(() => '');
  const lines = log
    .split('\n')
    .slice(-MAX_LOG_MESSAGE_LINES - 1)
    .map(line => line.split(' ').slice(3).join(' '));
  const text = lines.join('\n');
  return text.slice(-MAX_LOG_MESSAGE_BYTES) || undefined;
}

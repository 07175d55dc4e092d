import { CheckpointDiff, formatBytes } from '@cubemig/checkpoint';
import { formatTree, node } from './tree';
import { Terminal } from './Terminal';

/** The differences between two checkpoints, as a story. */
export function formatDiff(
  diff: CheckpointDiff,
  before: string,
  after: string,
  terminal: Terminal,
): string {
  const { story, memory_changes: memory } = diff;
  const bytes = memory.size_change_bytes;
  const chapter = (title: string, sentences: string[]) =>
    sentences.length > 0
      ? node(
          `${title} (${sentences.length})`,
          ...sentences.map(sentence => node(sentence)),
        )
      : undefined;
  return `\n${formatTree(
    node(
      `${diff.container_name}: from ${before} to ${after}`,
      node(`Image: ${diff.image}`),
      node(
        `Verdict: ${diff.verdict_a.verdict} (${diff.verdict_a.score}), then ${diff.verdict_b.verdict} (${diff.verdict_b.score})`,
      ),
      node(
        `Memory: ${
          bytes === 0
            ? 'the same'
            : `${formatBytes(Math.abs(bytes))} ${bytes > 0 ? 'more' : 'less'}`
        }`,
      ),
      chapter('Appeared', story.appeared),
      chapter('Changed', story.changed),
      chapter('Vanished', story.vanished),
    ),
    text =>
      /^(Appeared|Changed|Vanished) \(/.test(text)
        ? terminal.style('bold', text)
        : text,
  )}\n`;
}

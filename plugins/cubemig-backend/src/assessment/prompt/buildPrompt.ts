import { Disclosure } from '@cubemig/plugin-cubemig-common';
import { randomBytes } from 'node:crypto';
import { AssessmentSubject } from '../Assessor';
import { Redactor } from '../redact';
import { listEvidence } from './listEvidence';
import { quoteItem } from './quoteItem';
import { systemPrompt } from './systemPrompt';

export interface Prompt {
  system: string;
  user: string;
  disclosure: Disclosure;
  redact(text: string): string;
}

/**
 * What the model is told: redacted, quoted, and cut to size by how much it tells. Everything that comes from the container stands between
 * two lines that nobody in the container could have foreseen.
 */
export function buildPrompt(
  subject: AssessmentSubject,
  options: { maxCharacters: number; ipAddresses: boolean },
): Prompt {
  const items = listEvidence(subject);
  const redactor = new Redactor({ ipAddresses: options.ipAddresses });
  items.forEach(({ content }) => eachText(content, t => redactor.learn(t)));
  const redact = (text: string) => redactor.redact(text);

  const nonce = randomBytes(16).toString('hex');
  const system = systemPrompt(nonce);
  const frame = frameEvidence(nonce, '');
  let room = options.maxCharacters - system.length - frame.length;
  const taken = new Map<string, string[]>();
  const leftOut = new Map<string, number>();
  const byWeight = [...items].sort((a, b) => b.weight - a.weight);
  for (const { part, content } of byWeight) {
    const line = quoteItem(content, redact);
    const heading = taken.has(part) ? 0 : part.length + 4;
    if (line.length + heading + 1 > room) {
      leftOut.set(part, (leftOut.get(part) ?? 0) + 1);
    } else {
      room -= line.length + heading + 1;
      taken.set(part, [...(taken.get(part) ?? []), line]);
    }
  }
  const text = [...taken]
    .map(([part, lines]) => `# ${part}\n${lines.join('\n')}`)
    .join('\n');
  const user = frameEvidence(nonce, text);
  return {
    system,
    user,
    redact,
    disclosure: {
      redactions: redactor.list(),
      leftOut: [...leftOut].map(([part, count]) => ({ part, items: count })),
      promptCharacters: system.length + user.length,
    },
  };
}

function frameEvidence(nonce: string, text: string) {
  return `Assess this container.\n----- EVIDENCE ${nonce} BEGINS -----\n${text}\n----- EVIDENCE ${nonce} ENDS -----\nAnswer with the JSON object alone.`;
}

function eachText(value: unknown, visit: (text: string) => void) {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(item => eachText(item, visit));
  }
}

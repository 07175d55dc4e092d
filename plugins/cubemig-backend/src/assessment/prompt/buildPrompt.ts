import { Disclosure } from '@cubemig/plugin-cubemig-common';
import { randomBytes } from 'node:crypto';
import { AssessmentSubject } from '../Assessor';
import { Redactor } from '../redact';
import { EvidenceItem, listEvidence } from './listEvidence';
import { quoteItem } from './quoteItem';
import { systemPrompt } from './systemPrompt';

/** Long texts are cut when they are shown, so more than the prompt's length is looked at. */
const REACH = 4;

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
  const leftOut = new Map<string, number>();
  const leaveOut = ({ part }: EvidenceItem) =>
    leftOut.set(part, (leftOut.get(part) ?? 0) + 1);
  const items = withinReach(
    listEvidence(subject).sort((a, b) => b.weight - a.weight),
    options.maxCharacters,
    leaveOut,
  );
  const redactor = new Redactor({ ipAddresses: options.ipAddresses });
  items.forEach(({ content }) => eachText(content, t => redactor.learn(t)));
  const log = subject.report.log?.tail.map(({ text }) => text).join('\n') ?? '';
  // Line by line, nothing in the middle of a private key looks like one.
  redactor.learn(log.slice(-REACH * options.maxCharacters));
  const redact = (text: string) => redactor.redact(text);

  const nonce = randomBytes(16).toString('hex');
  const system = systemPrompt(nonce);
  const frame = frameEvidence(nonce, '');
  let room = options.maxCharacters - system.length - frame.length;
  const taken = new Map<string, string[]>();
  for (const item of items) {
    const { part } = item;
    const line = quoteItem(item.content, redact);
    const heading = taken.has(part) ? 0 : part.length + 4;
    if (line.length + heading + 1 > room) {
      leaveOut(item);
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

/** What could fit at all: a report of megabytes is not searched for secrets to leave nearly all of it out. */
function withinReach(
  items: EvidenceItem[],
  maxCharacters: number,
  leaveOut: (item: EvidenceItem) => void,
) {
  let reach = REACH * maxCharacters;
  return items.filter(item => {
    reach -= JSON.stringify(item.content).length;
    if (reach < 0) leaveOut(item);
    return reach >= 0;
  });
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

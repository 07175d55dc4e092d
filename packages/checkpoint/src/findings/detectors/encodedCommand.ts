import { Detector, detectionsBySeverity } from '../Detector';

/** What a hidden text has that is a command, and not just a setting. */
const COMMAND =
  /\b(curl|wget|bash|sh|python\d*|perl|ruby|php|nc|ncat|socat|chmod|eval|exec|base64|mkfifo|crontab|rm|cat)\b|\/dev\/tcp\/|https?:\/\//;

export const encodedCommand: Detector = {
  id: 'encoded-command',
  title: 'A command line holds an encoded text',
  technique: {
    id: 'T1027.010',
    name: 'Obfuscated Files or Information: Command Obfuscation',
  },
  explanation:
    'A part of a command line is base64 and decodes to readable text. Attackers encode commands to get quotes and spaces through an injection, and to keep them out of logs.',
  remedy: 'Read the decoded text below and look for what it did.',
  detect: ({ commands }) =>
    detectionsBySeverity(
      commands
        .filter(({ encoded }) => encoded !== undefined)
        .map(({ pid, command, text, encoded }) => {
          const isCommand = COMMAND.test(text);
          // What is no command may be a password, encoded for a header.
          const meaning = isCommand
            ? `decodes to: ${text}`
            : `decodes to a text of ${text.length} characters`;
          return {
            severity: isCommand ? ('high' as const) : ('low' as const),
            evidence: {
              pid,
              command,
              detail: `process ${pid} (${command}): ${shorten(
                encoded!,
              )} ${meaning}`,
            },
          };
        }),
    ),
};

function shorten(text: string): string {
  return `${text.slice(0, 12)}... (${text.length} characters)`;
}

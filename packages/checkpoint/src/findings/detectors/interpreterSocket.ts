import { Detector, detectionOf } from '../Detector';

/** A command line that has all the parts of one of these. No `.*`: on hostile text it would take far too long. */
const RECIPES: RegExp[][] = [
  [
    /\bpython[\d.]{0,8}\s/,
    /\s-\w?c\b/,
    /\b(socket|pty\.spawn|urlopen|http\.client)\b/,
  ],
  [/\bperl\s/, /\s-\w{0,4}e\b/, /\b(Socket|sockaddr_in)\b/],
  [/\bruby\s/, /-rsocket\b|\bTCPSocket\b/],
  [
    /\bphp\d?\s/,
    /\s-r\b/,
    /\b(fsockopen|stream_socket_client|socket_create)\b/,
  ],
  [
    /\bnode(js)?\s/,
    /\s(-e|--eval)\b/,
    /\b(net|tls|dgram)\b/,
    /\b(connect|Socket)\b/,
  ],
  [/\blua[\d.]{0,4}\s/, /\s-e\b/, /\bsocket\b/],
  [/\/dev\/(tcp|udp)\/[^\s/]{1,255}\/\d/],
  [
    /\b(nc|ncat|netcat)\s[^|;&]{0,200}(-\w{0,6}[ec]|--exec|--sh-exec)\s{1,4}\S{0,100}(sh|cmd)\b/,
  ],
  [/\bmkfifo\b/, /\b(nc|ncat|netcat|telnet|s_client)\b/],
  [/\bsocat\b/, /\b(exec|system):/i],
  [/\bg?awk\b/, /\/inet\/(tcp|udp)\//],
];

export const interpreterSocket: Detector = {
  id: 'interpreter-socket',
  title: 'A one-line program opens a socket',
  technique: { id: 'T1059', name: 'Command and Scripting Interpreter' },
  explanation:
    'A program that was given on the command line itself talks to the network, or ties a shell to it. These are the well-known one-liners for reverse and bind shells.',
  remedy:
    'Treat the container as taken over. Images without interpreters and without nc make this step harder.',
  detect: ({ commands }) =>
    detectionOf(
      'high',
      commands
        .filter(({ text }) =>
          RECIPES.some(parts => parts.every(part => part.test(text))),
        )
        .map(({ pid, command, text, encoded }) => ({
          pid,
          command,
          detail: `process ${pid} (${command})${
            encoded ? ', encoded' : ''
          }: ${text}`,
        })),
    ),
};

import { Detector, detectionOf } from '../Detector';

const PATTERNS = [
  /\bpython[\d.]*\s+(-\S+\s+)*-c\b.*\b(socket|pty\.spawn|urlopen|http\.client)\b/s,
  /\bperl\s+(-\S+\s+)*-\S*e\b.*\b(Socket|IO::Socket|sockaddr_in)\b/s,
  /\bruby\s+.*(-rsocket|TCPSocket)\b/s,
  /\bphp\s+(-\S+\s+)*-r\b.*\b(fsockopen|stream_socket_client|socket_create)\b/s,
  /\bnode(js)?\s+(-e|--eval)\b.*\b(net|tls|child_process)\b/s,
  /\blua\s+-e\b.*\bsocket\b/s,
  /\/dev\/(tcp|udp)\/[^\s/]+\/\d+/,
  /\b(nc|ncat|netcat|busybox nc)\b.*\s(-e|-c|--exec|--sh-exec)\s/,
  /\bmkfifo\b.*\b(nc|ncat|netcat|telnet|openssl\s+s_client)\b/s,
  /\bsocat\b.*\b(exec|system):/i,
  /\bg?awk\b.*\/inet\/(tcp|udp)\//s,
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
        .filter(({ text }) => PATTERNS.some(pattern => pattern.test(text)))
        .map(({ pid, command, text, encoded }) => ({
          pid,
          command,
          detail: `process ${pid} (${command})${
            encoded ? ', encoded' : ''
          }: ${text}`,
        })),
    ),
};

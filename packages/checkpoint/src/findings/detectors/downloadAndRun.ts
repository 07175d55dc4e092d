import { Facts } from '../Facts';
import { Detector, detectionOf } from '../Detector';

const PATTERNS = [
  // curl URL | sh
  /\b(curl|wget|fetch|lwp-download)\b[^|;&\n]*\|\s*(sudo\s+)?(\/\S*\/)?(ba|da|z|k|a)?(sh|python[\d.]*|perl|ruby|php|node)\b/,
  // sh -c "$(curl URL)", sh <(curl URL), eval `wget URL`
  /\b((ba|da|z|k|a)?sh|eval|source|python[\d.]*|perl)\b[^|;\n]*(\$\(|<\(|`)\s*(curl|wget|fetch)\b/,
  // wget URL -O x; chmod +x x; ./x
  /\b(curl|wget|fetch)\b[^|\n]*(;|&&|\|\|)[^\n]*(chmod\s+(\+x|[0-7]*[1357])|\b(ba|da|z|a)?sh\s+[./]|\.\/\S)/,
  // python -c 'exec(urlopen(...).read())'
  /\b(exec|eval)\s*\(.*\b(urlopen|requests\.get|urllib|LWP|http\.get)\b/s,
];

export const downloadAndRun: Detector = {
  id: 'download-and-run',
  title: 'A command downloads something and runs it',
  technique: { id: 'T1105', name: 'Ingress Tool Transfer' },
  explanation:
    'A command line, a text encoded in one, or a script that the container wrote loads a program from the network and runs it at once.',
  remedy:
    'Block the address, look for what was loaded, and build what the container needs into its image.',
  detect: facts =>
    detectionOf('high', [
      ...facts.commands
        .filter(({ text }) => downloadsAndRuns(text))
        .map(({ pid, command, text, encoded }) => ({
          pid,
          command,
          detail: `process ${pid} (${command})${
            encoded ? ', encoded' : ''
          }: ${text}`,
        })),
      ...scriptsOf(facts)
        .filter(([, text]) => downloadsAndRuns(text))
        .map(([file, text]) => ({
          file,
          detail: `${file}: ${text.split('\n').find(downloadsAndRuns) ?? text}`,
        })),
    ]),
};

function downloadsAndRuns(text: string): boolean {
  return PATTERNS.some(pattern => pattern.test(text));
}

function scriptsOf({ heads }: Facts): [string, string][] {
  return [...heads]
    .filter(([, head]) => !head.includes(0))
    .map(([path, head]) => [path, head.toString('utf8')]);
}

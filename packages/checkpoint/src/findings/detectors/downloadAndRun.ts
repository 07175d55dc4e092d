import { Facts } from '../Facts';
import { Detector, detectionOf } from '../Detector';

const DOWNLOAD = /\b(curl|wget|fetch|lwp-download)\b/;
const INTERPRETER =
  /^(\/[\w./-]{0,100}\/)?((ba|da|z|k|a)?sh|python[\d.]{0,8}|perl|ruby|php|node)$/;
/** Where downloads are put to be run. */
const DROPPED = /(^|\s)(\.\/|\/(tmp|var\/tmp|dev\/shm)\/)\S/;
const MAKE_EXECUTABLE = /\bchmod\s+(\+x|[ugoa]{1,4}\+x|0?[0-7]{0,2}[1357])\b/;

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
  const isDownload = DOWNLOAD.test(text);
  return (
    (isDownload && pipesIntoInterpreter(text)) ||
    (isDownload && isSubstituted(text)) ||
    (isDownload && runsLater(text)) ||
    evaluatesDownload(text)
  );
}

/** `curl URL | sh` */
function pipesIntoInterpreter(text: string): boolean {
  return text.split(/;|&&|\|\||\n/).some(pipeline => {
    const stages = pipeline.split('|');
    const download = stages.findIndex(stage => DOWNLOAD.test(stage));
    return (
      download >= 0 &&
      stages
        .slice(download + 1)
        .some(stage => INTERPRETER.test(programOf(stage)))
    );
  });
}

/** The program of a command, without `sudo` and the like before it and quotes around it. */
function programOf(command: string): string {
  const words = command.trim().slice(0, 1000).split(/\s+/);
  const program = words.find(
    word => !/^(sudo|env|nohup|exec|-\w*|\w+=.*)$/.test(word),
  );
  return (program ?? '').replace(/["'`)]+$/, '');
}

/** `sh -c "$(curl URL)"`, `bash <(curl URL)`, `` eval `wget URL` `` */
function isSubstituted(text: string): boolean {
  return (
    /(\$\(|<\(|`)\s{0,8}(curl|wget|fetch)\b/.test(text) &&
    /\b((ba|da|z|k|a)?sh|eval|source|python[\d.]{0,8}|perl)\b/.test(text)
  );
}

/** `wget URL -O x; chmod +x x; ./x` */
function runsLater(text: string): boolean {
  const commands = text.split(/;|&&|\|\||\n/);
  const download = commands.findIndex(command => DOWNLOAD.test(command));
  return commands
    .slice(download + 1)
    .some(
      command =>
        MAKE_EXECUTABLE.test(command) ||
        (DROPPED.test(command) &&
          (INTERPRETER.test(programOf(command)) ||
            DROPPED.test(programOf(command)))),
    );
}

/** `python -c 'exec(urlopen(URL).read())'` */
function evaluatesDownload(text: string): boolean {
  return (
    /\b(exec|eval)\s{0,4}\(/.test(text) &&
    /\b(urlopen|requests\.get|urllib|LWP|http\.get)\b/.test(text)
  );
}

function scriptsOf({ heads }: Facts): [string, string][] {
  return [...heads]
    .filter(([, head]) => !head.includes(0))
    .map(([path, head]) => [path, head.toString('utf8')]);
}

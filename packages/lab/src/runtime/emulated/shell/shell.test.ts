import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { executableOf } from '../../../programs/programs';
import { commandFiles } from '../commands/commandFiles';
import { ContainerFiles } from '../ContainerFiles';
import { EmulatedContainer } from '../EmulatedContainer';
import { ContainerLog } from '../../log/ContainerLog';

describe('commands in an emulated container', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'));
  let container: EmulatedContainer;

  beforeAll(async () => {
    const files = {
      ...commandFiles(),
      'bin/counter': executableOf('counter'),
      'bin/sleep': executableOf('sleep'),
      'etc/passwd': 'root:x:0:0\nweb:x:1:1\n',
      'tmp/.keep': '',
    };
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, 'image', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    container = new EmulatedContainer(
      '127.176.11.2',
      new ContainerFiles(join(folder, 'image'), join(folder, 'changes')),
      new ContainerLog(join(folder, 'log')),
      '/',
      'host-1',
    );
    container.load(['counter'], ['PATH=/bin', 'NAME=lab']);
    await container.start();
  });

  afterAll(() => {
    container.kill();
    rmSync(folder, { recursive: true });
  });

  const run = async (argv: string[], input?: string) => {
    const said = { output: '', error: '' };
    const exitCode = await container.runCommand(argv, {
      ...(input === undefined
        ? {}
        : { input: Readable.from([Buffer.from(input)]) }),
      output: bytes => {
        said.output += bytes;
      },
      error: bytes => {
        said.error += bytes;
      },
    });
    return { ...said, exitCode };
  };

  it.each([
    ['echo "a  $NAME" \'$NAME\' $(hostname)', 'a  lab $NAME host-1\n'],
    ['for x in 1 2 3; do echo -n $x; done', '123'],
    ['i=; while [ "$i" != xxx ]; do i=x$i; done; echo $i', 'xxx\n'],
    ['if grep -q web /etc/passwd; then echo yes; else echo no; fi', 'yes\n'],
    ['if false; then echo a; elif true; then echo b; fi', 'b\n'],
    ['cat /etc/passwd | grep root | wc -l', '1\n'],
    ['{ echo a; echo b >&2; } 2>/dev/null', 'a\n'],
    ['(cd /etc; pwd); pwd', '/etc\n/\n'],
    [
      'cd /tmp && touch a.log b.log c && ls *.log; rm *.log c',
      'a.log\nb.log\n',
    ],
    ['ls /none 2>&1 | head -n 1', 'ls: /none: No such file or directory\n'],
    ['false || echo $?; ! false && echo fine', '1\nfine\n'],
    [
      'echo one > /tmp/f; echo two >> /tmp/f; tail -n 1 < /tmp/f; rm /tmp/f',
      'two\n',
    ],
    ['printf "%s, %%\\n" a b; printf x y', 'a, %\nb, %\nx'],
    ['printf "%s-%s\\n" a b; echo -e "x\\ty"', 'a-b\nx\ty\n'],
    ['echo "$(echo "nested $(echo deep)")"', 'nested deep\n'],
    ['echo a | while read line; do echo "got $line"; done', 'got a\n'],
    ["sh -c 'echo $0 $1' name first", 'name first\n'],
    ['echo hidden | base64 | base64 -d', 'hidden\n'],
    ['cp /bin/echo /tmp/e && /tmp/e copied; rm /tmp/e', 'copied\n'],
    [
      'chmod +x /tmp/none 2>&1',
      'chmod: /tmp/none: No such file or directory\n',
    ],
    [
      'find /etc -type f -name "pass*" -exec cat {} \\; | head -n1',
      'root:x:0:0\n',
    ],
    [
      'rm /etc/passwd; ls /etc; cat /etc/passwd 2>&1; echo root > /etc/passwd; ls /etc',
      'cat: /etc/passwd: No such file or directory\npasswd\n',
    ],
    ['# nothing\necho "a # b" # c', 'a # b\n'],
    ['x=1 env | grep "^x="', 'x=1\n'],
  ])('%s', async (script, output) => {
    expect(await run(['sh', '-c', script])).toMatchObject({ output });
  });

  it('keeps which written files may be executed', async () => {
    await run([
      'sh',
      '-c',
      'cd /tmp; for f in plain symbolic octal taken; do echo x > $f; done; chmod a+rx symbolic; chmod 0750 octal taken; chmod u-x,g-x taken; cp octal copied',
    ]);
    const modes: Record<string, number | undefined> = {};
    const archive = extract();
    archive.on('entry', ({ name, mode }, content, next) => {
      modes[name] = mode;
      content.resume().on('end', next);
    });
    await pipeline(
      Readable.from([await container.files.packChanges()]),
      archive,
    );
    await run(['sh', '-c', 'cd /tmp; rm plain symbolic octal taken copied']);
    expect(modes).toMatchObject({
      'tmp/plain': 0o644,
      'tmp/symbolic': 0o755,
      'tmp/octal': 0o755,
      'tmp/taken': 0o644,
      'tmp/copied': 0o755,
    });
  });

  it.each([
    ['nothing-of-this-name', 127, 'sh: nothing-of-this-name: not found\n'],
    ['echo $(ls', 2, 'syntax error'],
    ['if true; then', 2, 'syntax error'],
    ['cat < /none', 1, '/none: No such file or directory'],
    ['echo x > /none/y', 1, '/none/y: No such file or directory'],
    ['nc 192.0.2.1 80', 1, 'Network is unreachable'],
    ['exit 7', 7, ''],
    ['/etc/passwd', 126, 'Exec format error'],
  ])('%s ends with %d', async (script, exitCode, error) => {
    const ended = await run(['sh', '-c', script]);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.error).toContain(error);
  });

  it('takes a script line by line from its input', async () => {
    const { output, exitCode } = await run(
      ['sh'],
      'for x in a b\ndo\necho $x\ndone\ncat\nrest of it\n',
    );
    expect([output, exitCode]).toEqual(['a\nb\nrest of it\n', 0]);
  });

  it('leaves what runs in the background to the container', async () => {
    const { output } = await run(['sh', '-c', 'sleep 60 & ps']);
    expect(output).toContain('sleep 60');
    const left = container
      .processes()
      .find(process => process.argv().join(' ') === 'sleep 60');
    expect(left?.parts.parentPid).toBe(1);
  });

  it('stops a command whose client is gone', async () => {
    const client = new AbortController();
    const ended = container.runCommand(['sh', '-c', 'while true; do :; done'], {
      output: () => {},
      error: () => {},
      signal: client.signal,
    });
    setImmediate(() => client.abort());
    expect(await ended).toBe(137);
  });
});

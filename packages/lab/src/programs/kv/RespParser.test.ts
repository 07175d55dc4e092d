import { ProtocolError, RespParser } from './RespParser';

const texts = (commands: Buffer[][]) =>
  commands.map(command => command.map(word => word.toString()));

describe('RespParser', () => {
  it('cuts pipelined commands, arrays and lines', () => {
    const parser = new RespParser();

    const commands = parser.push(
      Buffer.from('*2\r\n$3\r\nGET\r\n$1\r\na\r\nPING\r\n\r\nSET  a  b\r\n'),
    );

    expect(texts(commands)).toEqual([
      ['GET', 'a'],
      ['PING'],
      ['SET', 'a', 'b'],
    ]);
  });

  it('waits for the rest, byte by byte', () => {
    const parser = new RespParser();
    const bytes = Buffer.from(
      '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\r\n\r\n*1\r\n$4\r\nPING\r\n',
    );

    const commands = [...bytes].flatMap(byte =>
      parser.push(Buffer.from([byte])),
    );

    expect(texts(commands)).toEqual([['SET', 'k', '\r\n\r\n'], ['PING']]);
  });

  it.each([
    '*x\r\n',
    '*1\r\n:3\r\n',
    '*1\r\n$-5\r\n',
    '*1\r\n$99999999999\r\n',
    'x'.repeat(70000),
  ])('refuses what is no command', text => {
    expect(() => new RespParser().push(Buffer.from(text))).toThrow(
      ProtocolError,
    );
  });
});

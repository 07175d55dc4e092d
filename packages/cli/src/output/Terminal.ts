import { printable, printableLine } from './printable';

const BAR_WIDTH = 30;

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

const codes: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  magenta: [35, 39],
};

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Where the program writes to. Colours and progress bars only go to a person's terminal. */
export class Terminal {
  private hasProgress = false;
  private lastProgress = 0;
  private painted = 0;

  constructor(
    private readonly out: Output,
    private readonly err: Output,
    private readonly environment: NodeJS.ProcessEnv = {},
  ) {}

  static ofProcess(): Terminal {
    return new Terminal(process.stdout, process.stderr, process.env);
  }

  get hasColours(): boolean {
    const { NO_COLOR, FORCE_COLOR } = this.environment;
    if (FORCE_COLOR) {
      return FORCE_COLOR !== '0';
    }
    return !NO_COLOR && this.out.isTTY === true;
  }

  style(style: Style, text: string): string {
    const [on, off] = codes[style];
    return this.hasColours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }

  write(text: string): void {
    this.clearProgress();
    this.out.write(text);
  }

  line(text: string = ''): void {
    this.write(`${text}\n`);
  }

  writeError(text: string): void {
    this.clearProgress();
    this.err.write(text);
  }

  error(message: string): void {
    this.writeError(`cubemig: ${printable(message)}\n`);
  }

  warnings(messages: string[]): void {
    for (const message of messages) {
      this.writeError(`warning: ${printable(message)}\n`);
    }
  }

  /** A bar for long work, on a terminal only; only words where the total is 0, which means unknown. */
  progress(what: string, done: number, total: number): void {
    const now = Date.now();
    if (this.err.isTTY !== true || now - this.lastProgress < 100) {
      return;
    }
    this.lastProgress = now;
    this.hasProgress = true;
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const full = Math.round(share * BAR_WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    const percent = `${Math.round(share * 100)} %`.padStart(5);
    const figures = total > 0 ? `${bar} ${percent} ` : '';
    this.err.write(`\r${figures}${printableLine(what)}\u001b[K`);
  }

  /** Whether a person watches: then what changes can be shown in place. */
  get isInteractive(): boolean {
    return this.err.isTTY === true;
  }

  /** Shows these lines in the place of those that were shown last, on a terminal only. */
  repaint(lines: string[]): void {
    const up = this.painted > 0 ? `\u001b[${this.painted}A` : '';
    this.err.write(`${up}\u001b[J${lines.map(line => `${line}\n`).join('')}`);
    this.painted = lines.length;
  }

  /** What was painted stays; the next painting goes below. */
  keepPainting(): void {
    this.painted = 0;
  }

  clearProgress(): void {
    if (this.hasProgress) {
      this.hasProgress = false;
      this.err.write('\r\u001b[K');
    }
  }
}

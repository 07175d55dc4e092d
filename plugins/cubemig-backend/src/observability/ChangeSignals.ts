import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';

/** A progress bar needs no more than this; a courier tells far more. */
const PAUSE_MS = 500;

/**
 * Tells browsers what has changed, so that they ask again. Ids only: a signal goes to everyone who is signed in, whatever they may see.
 */
export class ChangeSignals {
  /** Whether there was something more to tell of an id during its pause. */
  private readonly pauses = new Map<string, boolean>();

  constructor(
    private readonly options: {
      signals: SignalsService;
      logger: LoggerService;
      channel: string;
    },
  ) {}

  /** Tells now or, after the last time, in half a second; what comes meanwhile is told once. */
  readonly tell = (id: string): void => {
    if (this.pauses.has(id)) {
      this.pauses.set(id, true);
      return;
    }
    this.pauses.set(id, false);
    setTimeout(() => {
      const isWanting = this.pauses.get(id);
      this.pauses.delete(id);
      if (isWanting) this.tell(id);
    }, PAUSE_MS).unref();
    this.publish(id);
  };

  private publish(id: string) {
    const { signals, logger, channel } = this.options;
    signals
      .publish({ recipients: { type: 'broadcast' }, channel, message: { id } })
      .catch(error => logger.warn(`Cannot signal a change: ${error}`));
  }
}

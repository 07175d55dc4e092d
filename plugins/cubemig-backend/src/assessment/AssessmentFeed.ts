import { AssessmentEvent } from '@cubemig/plugin-cubemig-common';
import { EventEmitter, on } from 'node:events';

type FeedEvent = Exclude<AssessmentEvent, { type: 'ended' }>;

/** What a model writes, while it writes it: for those who look on. Lives in the replica that asks the model. */
export class AssessmentFeed {
  private readonly events = new EventEmitter().setMaxListeners(0);
  /** For those who come later: as much as they would know had they been there. */
  private soFar: FeedEvent | undefined;

  write(text: string) {
    const before = this.soFar?.type === 'text' ? this.soFar.text : '';
    this.soFar = { type: 'text', text: before + text };
    this.events.emit('event', { type: 'text', text });
  }

  restart(reason: string, pauseMs: number) {
    const resumesAt = new Date(Date.now() + pauseMs).toISOString();
    this.soFar = { type: 'restarted', reason, resumesAt };
    this.events.emit('event', this.soFar);
  }

  end() {
    this.events.emit('event', undefined);
  }

  /** What was written so far, and what follows, until the end. */
  async *follow(signal: AbortSignal): AsyncGenerator<FeedEvent> {
    // Listening begins before the text so far is read: nothing is lost in between.
    const following = on(this.events, 'event', { signal });
    if (this.soFar) yield this.soFar;
    for await (const [event] of following) {
      if (event === undefined) return;
      yield event;
    }
  }
}

import { AssessmentEvent } from '@cubemig/plugin-cubemig-common';
import { EventEmitter, on } from 'node:events';

/** What a model writes, while it writes it: for those who look on. Lives in the replica that asks the model. */
export class AssessmentFeed {
  private readonly events = new EventEmitter().setMaxListeners(0);
  private text = '';

  write(text: string) {
    this.text += text;
    this.events.emit('event', { type: 'text', text });
  }

  restart() {
    this.text = '';
    this.events.emit('event', { type: 'restarted' });
  }

  end() {
    this.events.emit('event', undefined);
  }

  /** What was written so far, and what follows, until the end. */
  async *follow(
    signal: AbortSignal,
  ): AsyncGenerator<Exclude<AssessmentEvent, { type: 'ended' }>> {
    // Listening begins before the text so far is read: nothing is lost in between.
    const following = on(this.events, 'event', { signal });
    if (this.text) yield { type: 'text', text: this.text };
    for await (const [event] of following) {
      if (event === undefined) return;
      yield event;
    }
  }
}

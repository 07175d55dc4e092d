/** Collects what a report could not read: each thing once, and not without end. */
export class Warnings {
  private readonly messages = new Set<string>();
  private left = 0;

  constructor(private readonly max: number) {}

  add(...messages: string[]): void {
    for (const message of messages) {
      if (this.messages.has(message)) {
        continue;
      }
      if (this.messages.size < this.max) {
        this.messages.add(message);
      } else {
        this.left += 1;
      }
    }
  }

  list(): string[] {
    return this.left > 0
      ? [...this.messages, `and ${this.left} more warnings`]
      : [...this.messages];
  }
}

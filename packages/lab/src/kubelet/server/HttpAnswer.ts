/** What a kubelet answers instead of what was asked for: plain text with a status. */
export class HttpAnswer extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'HttpAnswer';
  }
}

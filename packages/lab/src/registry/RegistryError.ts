/** An error of the OCI distribution specification: its code, and the HTTP status that goes with it. */
export class RegistryError extends Error {
  constructor(
    readonly status: number,
    /** For example `MANIFEST_UNKNOWN`. */
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'RegistryError';
  }

  toBody(): string {
    return JSON.stringify({
      errors: [{ code: this.code, message: this.message }],
    });
  }
}

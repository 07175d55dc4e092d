import { InputError } from '@backstage/errors';

/** A request with something wrong in it. The answer (400) names the field beside the message. */
export class FieldError extends InputError {
  /** @param detail - what the field must be, or what to do */
  constructor(readonly field: string, detail: string) {
    super(`${field}: ${detail}`);
  }
}

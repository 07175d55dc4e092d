/** A text by which a cause is known, and what a user can do about it. */
export interface Signature {
  pattern: RegExp;
  /** Stable, kebab-case. */
  code: string;
  message: string;
  remedy: string;
}

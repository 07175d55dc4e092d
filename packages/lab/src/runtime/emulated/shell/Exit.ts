/** Thrown by the builtin `exit`: ends the shell that it reaches. */
export class Exit {
  constructor(readonly code: number) {}

  /** Runs something that may exit. */
  static async codeOf(action: () => Promise<number>): Promise<number> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Exit) {
        return error.code;
      }
      throw error;
    }
  }
}

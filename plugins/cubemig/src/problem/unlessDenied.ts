/** An answer; undefined if this user may not have it. Any other failure stays one. */
export async function unlessDenied<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
    if (status === 403) return undefined;
    throw error;
  }
}

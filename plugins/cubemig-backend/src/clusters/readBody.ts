/**
 * As much of an answer's text as comes, up to so many characters, and what it is as JSON; undefined if it is none. Whoever answers may
 * never stop.
 */
export async function readBody(
  response: Response,
  maxLength: number,
): Promise<{ text: string; json: unknown }> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= maxLength) break;
  }
  text = text.slice(0, maxLength);
  return { text, json: parseJson(text) };
}

/** Undefined if it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { cutText } from './cutText';

const MAX_TEXT = 1_200;

/** Characters that show nothing, or show things in another order: some models read them, people do not. */
const UNSEEN =
  /[\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\uddef]/g;

/**
 * Hostile content as one line of JSON. Nothing in it can end the line, and nothing is there that is not to be seen.
 *
 * @param redact - applied to every text before it is quoted
 */
export function quoteItem(
  content: Record<string, unknown>,
  redact: (text: string) => string,
): string {
  const json = JSON.stringify(content, (_key, value) =>
    // Cut before, half a secret would go unnoticed.
    typeof value === 'string' ? cutText(redact(value), MAX_TEXT) : value,
  );
  return json.replace(UNSEEN, characters =>
    [...Array(characters.length).keys()]
      .map(i => `\\u${characters.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

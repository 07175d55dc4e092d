/**
 * The elements of a JSON array, each exactly as it was written: parsing and writing it again would round Falco's nanoseconds.
 *
 * @param text - JSON that was parsed before, an array
 */
export function splitArray(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = text.indexOf('[') + 1;
  const take = (end: number) => {
    const element = text.slice(start, end).trim();
    if (element) elements.push(element);
    start = end + 1;
  };
  for (let i = start; i < text.length; i++) {
    switch (text[i]) {
      case '"':
        i = endOfString(text, i);
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
        depth--;
        break;
      case ']':
        if (depth-- === 0) {
          take(i);
          return elements;
        }
        break;
      case ',':
        if (depth === 0) take(i);
        break;
      default:
    }
  }
  return elements;
}

/** Where the string that begins at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') {
    end += text[end] === '\\' ? 2 : 1;
  }
  return end;
}

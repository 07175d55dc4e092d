/** The start and the end of a long text: attackers like to hide what matters behind much that does not. */
export function cutText(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length / 2)} ... ${text.slice(-length / 2)}`
    : text;
}

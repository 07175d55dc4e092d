import { Problem } from '@cubemig/plugin-cubemig-common';
import { signatures } from './signatures';

const MAX_TEXT_LENGTH = 600;

/**
 * Finds the cause behind a text of a kubelet, a runtime or a registry. The text itself, cut to a bearable length, is kept at the
 * end of the message: it is what one searches the web for.
 */
export function explainFailure(text: string): Problem {
  const found = signatures.find(({ pattern }) => pattern.test(text));
  const seen = shorten(text);
  if (!found) {
    return {
      code: 'unexplained',
      message: seen || 'It failed without saying why.',
      remedy:
        "Look at the events of the pods named in the timeline (kubectl describe) and at the nodes' runtime logs.",
    };
  }
  const { code, message, remedy } = found;
  return { code, message: `${message} (${seen})`, remedy };
}

/** Keeps the end: runtimes wrap causes, so the innermost comes last. */
function shorten(text: string) {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  return trimmed.length > MAX_TEXT_LENGTH
    ? `…${trimmed.slice(-MAX_TEXT_LENGTH)}`
    : trimmed;
}

import { Environment } from '@marcbachmann/cel-js';

type Expression = (context: Record<string, unknown>) => unknown;

const environment = new Environment({ unlistedVariablesAreDyn: true });
const parsed = new Map<string, Expression>();

/** The value of an expression of the Common Expression Language, or why there is none. */
export function evaluateExpression(
  text: string,
  context: Record<string, unknown>,
): { value?: unknown; error?: string } {
  try {
    const expression =
      parsed.get(text) ?? (environment.parse(text) as Expression);
    parsed.set(text, expression);
    return { value: expression(context) };
  } catch (error) {
    return { error: (error as Error).message.split('\n')[0] };
  }
}

type Expression = (context: Record<string, unknown>) => unknown;

/** The value of an expression of the Common Expression Language, or why there is none. */
export type EvaluateExpression = (
  text: string,
  context: Record<string, unknown>,
) => { value?: unknown; error?: string };

/** Loads the language; its package is an ES module. */
export async function loadExpressions(): Promise<EvaluateExpression> {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const parsed = new Map<string, Expression>();
  return (text, context) => {
    try {
      const expression =
        parsed.get(text) ?? (environment.parse(text) as Expression);
      parsed.set(text, expression);
      return { value: expression(context) };
    } catch (error) {
      return { error: (error as Error).message.split('\n')[0] };
    }
  };
}

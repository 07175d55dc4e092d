import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Assessment } from '@cubemig/plugin-cubemig-common';

/** Exports how assessments end, how long they take, and what of the model they use up. */
export function createAssessmentMetrics(metrics: MetricsService) {
  const ended = metrics.createCounter('cubemig.assessments.ended', {
    description: "Assessments that are over, by 'model', 'status' and 'code'",
  });
  const duration = metrics.createHistogram('cubemig.assessments.duration', {
    description: 'From the question until the end',
    unit: 's',
  });
  const tokens = metrics.createCounter('cubemig.assessments.tokens', {
    description: "Tokens, by 'model' and 'direction'",
  });

  return ({
    model,
    status,
    problem,
    expense,
    createdAt,
    finishedAt,
  }: Assessment) => {
    ended.add(1, { model, status, ...(problem && { code: problem.code }) });
    if (finishedAt) {
      const milliseconds = Date.parse(finishedAt) - Date.parse(createdAt);
      duration.record(milliseconds / 1000, { model, status });
    }
    if (expense) {
      tokens.add(expense.promptTokens, { model, direction: 'in' });
      tokens.add(expense.completionTokens, { model, direction: 'out' });
    }
  };
}

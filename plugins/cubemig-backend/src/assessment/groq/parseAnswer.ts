import {
  AssessmentAnswer,
  assessmentAnswerSchema,
} from '@cubemig/plugin-cubemig-common';

/** A model's answer; undefined if it has not the structure that was asked for. */
export function parseAnswer(text: string): AssessmentAnswer | undefined {
  // Some models put a fence around JSON, whatever they are told.
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    return assessmentAnswerSchema.parse(forgive(JSON.parse(json)));
  } catch {
    return undefined;
  }
}

/** Small things that models get wrong and that are clear all the same: percents, and techniques that are none. */
function forgive(answer: any) {
  const { confidence, mitre } = answer;
  const technique = assessmentAnswerSchema.shape.mitre.element;
  return {
    ...answer,
    confidence:
      confidence > 1 && confidence <= 100 ? confidence / 100 : confidence,
    mitre: Array.isArray(mitre)
      ? mitre.filter(item => technique.safeParse(item).success)
      : mitre,
  };
}

import {
  Alert,
  AssessmentAnswer,
  CheckpointReport,
  Disclosure,
  Expense,
} from '@cubemig/plugin-cubemig-common';

/** What of an alert helps to understand a report. */
export type AlertEvidence = Pick<
  Alert,
  'rule' | 'priority' | 'tags' | 'output' | 'command' | 'occurrences' | 'lastAt'
>;

/** What is to be assessed. */
export interface AssessmentSubject extends Omit<CheckpointReport, 'version'> {
  /** Those that led to the checkpoint, gravest first. */
  alerts: AlertEvidence[];
}

export interface AssessOptions {
  /** Told more of the answer's JSON as it is written. */
  onText?: (text: string) => void;
  /** Told why what was written so far is void, and how soon the model is asked again. */
  onRestart?: (reason: string, pauseMs: number) => void;
  signal?: AbortSignal;
}

export interface AssessorAnswer {
  answer: AssessmentAnswer;
  disclosure: Disclosure;
  expense: Expense;
  /** Hides in a text what the assessor was not told. */
  redact(text: string): string;
}

/** Somebody who says what a report means: a language model. */
export interface Assessor {
  /** As it is shown to users. */
  readonly model: string;
  /** @throws ProblemError */
  assess(
    subject: AssessmentSubject,
    options?: AssessOptions,
  ): Promise<AssessorAnswer>;
}

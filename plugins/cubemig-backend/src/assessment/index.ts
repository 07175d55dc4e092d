export { toMarkdown } from './answer';
export { AssessmentService } from './AssessmentService';
export { AssessmentStore } from './AssessmentStore';
export { createAssessments } from './createAssessments';
export type {
  AlertEvidence,
  AssessmentSubject,
  AssessOptions,
  Assessor,
  AssessorAnswer,
} from './Assessor';
export { GroqAssessor } from './groq';

export { AssessmentPanel } from './AssessmentPanel';

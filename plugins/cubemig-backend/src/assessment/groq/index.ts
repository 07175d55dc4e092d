export { GroqAssessor } from './GroqAssessor';

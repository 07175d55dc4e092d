export { checkFields } from './checkFields';

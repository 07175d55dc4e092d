export { PriorityMark } from './PriorityMark';
export { SecurityPage } from './SecurityPage';

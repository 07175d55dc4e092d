export { useUrlFields } from './useUrlFields';

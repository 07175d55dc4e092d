export { ProcessTree } from './ProcessTree';

export { listOpenFiles, readDescriptors } from './readDescriptors';
export type { ReadDescriptor } from './readDescriptors';

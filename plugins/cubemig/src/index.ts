export { cubemigPlugin as default } from './plugin';
export { cubemigApiRef } from './api';

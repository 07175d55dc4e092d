export { cubemigPlugin as default } from './plugin';

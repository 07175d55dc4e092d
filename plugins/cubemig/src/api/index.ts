export { cubemigApi, cubemigApiRef } from './cubemigApi';

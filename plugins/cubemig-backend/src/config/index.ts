export { readCubemigConfig } from './readCubemigConfig';
export type { CubemigConfig } from './readCubemigConfig';

export { readCubemigConfig } from './readCubemigConfig';
export type { CubemigConfig } from './readCubemigConfig';
export type { RecipientKeys } from './clusterKeys';

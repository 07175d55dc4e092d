export { cubemigApiRef } from '../api';
export {
  CubemigPage,
  cubemigPlugin,
  EntityCubemigCard,
  EntityMigrationsContent,
} from './plugin';

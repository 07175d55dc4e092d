export { cubemigApiRef } from '../api';
export {
  CubemigPage,
  cubemigPlugin,
  EntityCubemigCard,
  EntityMigrationsContent,
  HomePageCubemigCard,
} from './plugin';

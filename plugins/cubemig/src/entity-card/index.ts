export { entityCubemigCard } from './entityCard';

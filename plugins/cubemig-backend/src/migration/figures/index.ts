export { computeFigures } from './computeFigures';
export { measureStep } from './measureStep';

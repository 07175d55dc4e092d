export { awaitCourier } from './awaitCourier';

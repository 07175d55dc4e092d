export { sendCourier } from './sendCourier';

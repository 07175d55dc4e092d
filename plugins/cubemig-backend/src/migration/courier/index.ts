export { parseResult, terminated } from './readEnd';
export { sendCourier } from './sendCourier';

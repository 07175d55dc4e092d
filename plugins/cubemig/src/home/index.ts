export { homeWidget } from './homeWidget';

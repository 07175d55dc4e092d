export { useLive } from './useLive';

export { useAlsoLive, useLive } from './useLive';

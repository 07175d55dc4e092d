export { useClusters } from './useClusters';

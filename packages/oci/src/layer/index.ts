export { compressions, type Compression } from './compression';
export { LayerMaker, type LayerPlan, type MadeLayer } from './LayerMaker';

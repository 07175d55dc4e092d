export { createPlan } from './createPlan';
export type { Inventory, SourceInventory, TargetInventory } from './Inventory';
export type { Finding, PlanContext, TargetContext } from './PlanContext';
export { planMigration } from './planMigration';
export { readInventory } from './readInventory';
export type { StoredPod } from './readInventory';

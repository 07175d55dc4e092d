export { attacks } from './attacks';
export { passUpgrades, ProxiedPodShell } from './exec';
export type { CommandResult, ContainerKey, PodShell } from './exec';
export { SimulationService } from './SimulationService';
export { SimulationStore } from './SimulationStore';

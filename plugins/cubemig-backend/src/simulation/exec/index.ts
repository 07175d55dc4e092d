export { passUpgrades } from './passUpgrades';
export type { CommandResult, ContainerKey, PodShell } from './PodShell';
export { ProxiedPodShell } from './ProxiedPodShell';

export { askGuards, guards } from './askGuards';
export type {
  EarlierDecision,
  Guard,
  GuardFacts,
  PodFacts,
} from './GuardFacts';
export { chooseTarget, GuardFactsReader } from './GuardFactsReader';

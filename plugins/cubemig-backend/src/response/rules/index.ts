export { DatabaseRuleStore } from './DatabaseRuleStore';
export { falcoRules } from './falcoRules';
export { identifyRules } from './identifyRules';
export { explainMatch, isMatch, type Subject } from './matchRule';
export { listMetBy } from './listMetBy';
export { fromOriginal, toOriginal } from './originalRules';
export type { RuleStore } from './RuleStore';

export { DatabaseDecisionStore } from './DatabaseDecisionStore';
export * from './DecisionStore';
export { findVerdict, judge } from './judge';

export * from './actions';
export * from './decisions';
export * from './guards';
export { Responder, type DecisionListener } from './Responder';
export { RuleBench } from './RuleBench';
export { responseConfigSchema, type ResponseConfig } from './responseConfig';
export * from './rules';

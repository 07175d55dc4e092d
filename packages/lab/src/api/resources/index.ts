export * from './ResourceType';
export * from './resourceTypes';

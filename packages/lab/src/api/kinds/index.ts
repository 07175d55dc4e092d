export * from './KindBehaviour';
export * from './behaviours';

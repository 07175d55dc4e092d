export * from './annotations';
export * from './CubemigClient';
export * from './permissions';
export * from './schema/clusters';
export * from './schema/courier';
export * from './schema/kubernetes';
export * from './schema/migrations';
export * from './schema/report';

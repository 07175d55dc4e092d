export * from './api/ClusterStore';

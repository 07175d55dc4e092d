export * from './image/checkpointAnnotations';
export * from './image/manifest';
export * from './image/pushCheckpointImage';
export { BlobUpload } from './registry/BlobUpload';
export * from './registry/credentials';
export { type RegistryOptions } from './registry/RegistryConnection';
export * from './registry/RegistryClient';
export * from './registry/RegistryError';

export { Access } from './Access';
export { createRouter } from './createRouter';
export { Entities } from './Entities';

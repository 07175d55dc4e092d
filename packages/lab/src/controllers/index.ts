export * from './Controller';
export * from './allControllers';
export * from './recordEvent';
export * from './runControllers';
export { PROVISIONER } from './volumeController';

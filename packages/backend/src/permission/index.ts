export { cubemigPermissionPolicyModule as default } from './cubemigPermissionPolicyModule';

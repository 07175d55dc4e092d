export { callWebhooks, hostOf } from './callWebhooks';
export { rulesFor } from './rulesFor';
export { restoreRoutes, switchRoutes } from './switchRoutes';

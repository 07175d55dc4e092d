import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CubemigPermissionPolicy } from './CubemigPermissionPolicy';

/** Gives Backstage's permission system the policy of this installation. */
export const cubemigPermissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'cubemig-policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        const administrators =
          config.getOptionalStringArray('permission.administrators') ?? [];
        policy.setPolicy(new CubemigPermissionPolicy(administrators));
      },
    });
  },
});

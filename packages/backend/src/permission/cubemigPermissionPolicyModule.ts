import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CubemigPermissionPolicy } from './CubemigPermissionPolicy';

/** Gives Backstage's permission system the policy of this installation. */
export const cubemigPermissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'cubemig-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new CubemigPermissionPolicy());
      },
    });
  },
});

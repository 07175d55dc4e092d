import { namespaceName, objectName } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** Keys of `cubemig.migration` in app-config about where pods may go and what goes with them. */
export const placementSettings = {
  protectedNamespaces: z
    .array(namespaceName)
    .default(['kube-system', 'kube-public', 'kube-node-lease']),
  maxVolumeBytes: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40)
    .default(2 ** 30),
  volumeKeySecret: objectName.optional(),
};

import {
  cubemigSecretCopyPermission,
  MigrationOrder,
} from '@cubemig/plugin-cubemig-common';
import { StartContext } from '../migration';
import { kubernetesIdOf, PodReader } from '../pods';
import { Access } from './Access';
import { Entities } from './Entities';
import { Caller } from './route';

/** Looks at what callers want to have migrated, before anything else does. */
export class OrderDesk {
  constructor(
    private readonly options: {
      access: Access;
      entities: Entities;
      pods: PodReader;
    },
  ) {}

  /**
   * What must be known of an order's caller and entity to start it.
   *
   * @param requireFor - asks for the route's own permission
   * @throws NotAllowedError, NotFoundError, InputError
   */
  async admit(
    order: MigrationOrder,
    caller: Caller,
    requireFor: (entityRef: string | undefined) => Promise<void>,
  ): Promise<StartContext> {
    const { access, entities, pods } = this.options;
    const { entityRef, namespace, targetNamespace = namespace } = order;
    await requireFor(entityRef);
    if (order.copySecrets) {
      await access.requireFor(caller, cubemigSecretCopyPermission, entityRef);
    }
    pods.requireGranted(namespace);
    pods.requireGranted(targetNamespace);
    return {
      createdBy: access.nameOf(caller),
      kubernetesId:
        entityRef && kubernetesIdOf(await entities.read(entityRef, caller)),
    };
  }
}

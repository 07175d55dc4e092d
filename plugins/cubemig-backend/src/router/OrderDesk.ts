import { NotAllowedError } from '@backstage/errors';
import {
  cubemigSecretCopyPermission,
  KUBERNETES_ID,
  MigrationOrder,
} from '@cubemig/plugin-cubemig-common';
import { Clusters, KubePod } from '../clusters';
import { FieldError } from '../failures';
import { MigrationStore, StartContext } from '../migration';
import { kubernetesIdOf, PodReader } from '../pods';
import { Access } from './Access';
import { Entities } from './Entities';
import { Caller, RequireFor } from './route';

/** Looks at what callers want to have done with pods, before anything else does. */
export class OrderDesk {
  constructor(
    private readonly options: {
      access: Access;
      clusters: Clusters;
      entities: Entities;
      pods: PodReader;
      store: Pick<MigrationStore, 'get'>;
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
    requireFor: RequireFor,
  ): Promise<StartContext> {
    const { access, pods } = this.options;
    const { entityRef, namespace, targetNamespace = namespace } = order;
    await requireFor(entityRef);
    if (targetNamespace !== namespace && !order.quarantine) {
      // There, the pod would be given what the Secrets and the ServiceAccount of those names hold: another team's. A quarantine has its own.
      await requireFor(undefined).catch(() => {
        throw new NotAllowedError(
          `targetNamespace: only who may migrate the pods of all entities can choose another namespace than '${namespace}', or else a quarantine`,
        );
      });
    }
    if (order.copySecrets) {
      await access.requireFor(caller, cubemigSecretCopyPermission, entityRef);
    }
    pods.requireGranted(namespace);
    pods.requireGranted(targetNamespace);
    if (order.checkpointsOf) {
      await this.requireSameEntity(order.checkpointsOf, entityRef);
    }
    return {
      createdBy: access.nameOf(caller),
      kubernetesId: await this.readKubernetesId(entityRef, caller),
    };
  }

  /**
   * As `admit`, for what is done without starting a migration: then nobody else looks whether the pod is the entity's.
   *
   * @returns the pod, if there is one
   * @throws NotAllowedError, NotFoundError, InputError
   */
  async admitPod(
    pod: { cluster: string; namespace: string; name: string },
    entityRef: string | undefined,
    caller: Caller,
    requireFor: RequireFor,
  ): Promise<KubePod | undefined> {
    const { clusters, pods } = this.options;
    await requireFor(entityRef);
    pods.requireGranted(pod.namespace);
    const id = await this.readKubernetesId(entityRef, caller);
    const client = await clusters.getClient(pod.cluster);
    const found = await client.get('Pod', pod);
    if (id && found && found.metadata?.labels?.[KUBERNETES_ID] !== id) {
      throw new FieldError(
        'pod',
        `the pod '${pod.name}' does not belong to ${entityRef}; its label ${KUBERNETES_ID} would have to be '${id}'`,
      );
    }
    return found;
  }

  /** Who may restore one entity's checkpoints must not get at another's by naming the one and asking for the other. */
  private async requireSameEntity(
    checkpointsOf: string,
    entityRef: string | undefined,
  ) {
    const origin = await this.options.store.get(checkpointsOf);
    if (origin && entityRef && origin.entityRef !== entityRef) {
      throw new FieldError(
        'checkpointsOf',
        `the migration '${checkpointsOf}' was not of ${entityRef}; choose one that was, or leave entityRef out`,
      );
    }
  }

  private async readKubernetesId(
    entityRef: string | undefined,
    caller: Caller,
  ): Promise<string | undefined> {
    const { entities } = this.options;
    return entityRef && kubernetesIdOf(await entities.read(entityRef, caller));
  }
}

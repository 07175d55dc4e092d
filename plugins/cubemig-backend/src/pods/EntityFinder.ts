import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';

const FRESH_MS = 60_000;

/** Finds the catalog entity of a pod. */
export class EntityFinder {
  private readonly known = new Map<
    string,
    { readAt: number; ref: Promise<string | undefined> }
  >();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /**
   * The entity with this annotation `backstage.io/kubernetes-id`; of several, the first by name. None while the catalog does not answer:
   * what must be done with a pod does not wait for it.
   */
  find(kubernetesId: string): Promise<string | undefined> {
    const known = this.known.get(kubernetesId);
    if (known && Date.now() - known.readAt < FRESH_MS) return known.ref;
    const ref = this.read(kubernetesId).catch(error => {
      this.known.delete(kubernetesId);
      this.options.logger.warn(`The catalog does not answer: ${error}`);
      return undefined;
    });
    this.known.set(kubernetesId, { readAt: Date.now(), ref });
    return ref;
  }

  private async read(kubernetesId: string) {
    const { auth, catalog } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      {
        filter: { [`metadata.annotations.${KUBERNETES_ID}`]: kubernetesId },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    return items.map(entity => stringifyEntityRef(entity)).sort()[0];
  }
}

import { AuthService } from '@backstage/backend-plugin-api';
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
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  /** The entity with this annotation `backstage.io/kubernetes-id`; of several, the first by name. */
  find(kubernetesId: string): Promise<string | undefined> {
    const known = this.known.get(kubernetesId);
    if (known && Date.now() - known.readAt < FRESH_MS) return known.ref;
    const ref = this.read(kubernetesId);
    this.known.set(kubernetesId, { readAt: Date.now(), ref });
    return ref;
  }

  private async read(kubernetesId: string) {
    const credentials = await this.auth.getOwnServiceCredentials();
    const { items } = await this.catalog.getEntities(
      {
        filter: { [`metadata.annotations.${KUBERNETES_ID}`]: kubernetesId },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    return items.map(entity => stringifyEntityRef(entity)).sort()[0];
  }
}

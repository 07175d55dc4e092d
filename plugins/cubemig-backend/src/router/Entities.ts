import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Entities, as far as the caller may see them. */
export class Entities {
  constructor(private readonly catalog: CatalogService) {}

  /** @throws InputError, NotFoundError */
  async read(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    try {
      parseEntityRef(entityRef);
    } catch {
      throw new InputError(
        `entityRef: '${entityRef}' must look like component:default/name`,
      );
    }
    const entity = await this.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(
        `entityRef: there is no entity '${entityRef}', or you may not see it`,
      );
    }
    return entity;
  }
}

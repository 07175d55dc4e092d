import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  makeValidator,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

const validator = makeValidator();

/** Entities, as far as the caller may see them. */
export class Entities {
  constructor(private readonly catalog: CatalogService) {}

  /** @throws InputError, NotFoundError */
  async read(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    if (!isEntityRef(entityRef)) {
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

/** Backstage parses anything with a colon, and asks the catalog for it by a path, in which `..:../locations` is something else. */
function isEntityRef(text: string): boolean {
  try {
    const { kind, namespace, name } = parseEntityRef(text);
    return (
      validator.isValidKind(kind) &&
      validator.isValidNamespace(namespace) &&
      validator.isValidEntityName(name)
    );
  } catch {
    return false;
  }
}

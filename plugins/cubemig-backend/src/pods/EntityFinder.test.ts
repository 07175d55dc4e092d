import { mockServices } from '@backstage/backend-test-utils';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';
import { EntityFinder } from './EntityFinder';

const entity = (name: string, id: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations: { [KUBERNETES_ID]: id } },
});

function createFinder(catalog: CatalogService) {
  const logger = mockServices.logger.mock();
  const auth = mockServices.auth();
  return { logger, finder: new EntityFinder({ auth, catalog, logger }) };
}

describe('EntityFinder', () => {
  it('finds the entity by its annotation, of several the first by name', async () => {
    const { finder } = createFinder(
      catalogServiceMock({
        entities: [entity('b', 'shop'), entity('a', 'shop'), entity('c', 'x')],
      }),
    );
    expect(await finder.find('shop')).toBe('component:default/a');
    expect(await finder.find('none')).toBeUndefined();
  });

  it('finds none while the catalog does not answer, and asks it again', async () => {
    const catalog = catalogServiceMock({ entities: [entity('a', 'shop')] });
    const getEntities = jest
      .spyOn(catalog, 'getEntities')
      .mockRejectedValueOnce(new Error('away'));
    const { finder, logger } = createFinder(catalog);
    expect(await finder.find('shop')).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledWith(
      'The catalog does not answer: Error: away',
    );
    expect(await finder.find('shop')).toBe('component:default/a');
    expect(await finder.find('shop')).toBe('component:default/a');
    expect(getEntities).toHaveBeenCalledTimes(2);
  });
});

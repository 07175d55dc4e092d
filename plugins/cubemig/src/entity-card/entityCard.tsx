import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';

/** The card on an entity's overview. */
export const entityCubemigCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    filter: { [`metadata.annotations.${KUBERNETES_ID}`]: { $exists: true } },
    loader: () =>
      import('./EntityCubemigCard').then(m => <m.EntityCubemigCard />),
  },
});

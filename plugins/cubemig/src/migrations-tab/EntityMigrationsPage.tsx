import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';
import { useHelpPath } from '../help';
import { MigrationsTab } from './MigrationsTab';

/** The tab for the entity at hand, or what its catalog file lacks. */
export const EntityMigrationsPage = () => {
  const { entity } = useEntity();
  const helpPath = useHelpPath();
  const kubernetesId = entity.metadata.annotations?.[KUBERNETES_ID];
  if (!kubernetesId) {
    return (
      <MissingAnnotationEmptyState
        annotation={KUBERNETES_ID}
        readMoreUrl={helpPath('annotation')}
      />
    );
  }
  return (
    <MigrationsTab
      entityRef={stringifyEntityRef(entity)}
      kubernetesId={kubernetesId}
    />
  );
};

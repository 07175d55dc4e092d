import { Entity } from '@backstage/catalog-model';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';
import { Scenario } from './scenarios';

/** The catalog entity on whose page a scenario is played. */
export function entityOf([name, scenario]: [string, Scenario]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      title: scenario.title,
      annotations:
        scenario.isAnnotated === false ? {} : { [KUBERNETES_ID]: name },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
  };
}

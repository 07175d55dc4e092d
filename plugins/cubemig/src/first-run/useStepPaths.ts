import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { usePaths } from '../page';
import { FirstRunStep, Progress } from './readProgress';

/** Where each step is taken, or what came of it is seen; undefined while there is no such place. */
export function useStepPaths(
  entityRef: string,
  { move, answer, steps }: Progress,
): Partial<Record<FirstRunStep, string>> {
  const paths = usePaths();
  const pathOf = useRouteRef(entityRouteRef);
  if (!paths) return {};
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const entity = pathOf({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace,
    name,
  });
  return {
    migrate:
      move && steps.migrate === 'succeeded'
        ? paths.migration(move.id)
        : `${entity}/migrations`,
    attack: `${paths.simulation}?attack=reverse_shell`,
    watch: answer ? paths.alert(answer.alert) : paths.security,
    read:
      answer?.migration && steps.watch === 'succeeded'
        ? `${paths.migration(answer.migration)}?tab=forensics`
        : undefined,
  };
}

import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';

/** The containers of a pod whose processes travel; the others start anew. */
export function travellersOf(
  { containers }: Pick<MigrationOrder, 'containers'>,
  pod: KubePod,
): string[] {
  const names = (pod.spec?.containers ?? []).map(({ name }) => name);
  return containers ? names.filter(name => containers.includes(name)) : names;
}

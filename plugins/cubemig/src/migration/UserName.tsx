import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useWords } from '../translation';

/** As whom the backend acts when a response rule has it act. */
const AUTOMATION = 'cubemig:response';

/** Whoever did something: a catalog user, a response rule, or a service by its plain name. */
export const UserName = ({ entityRef }: { entityRef: string }) => {
  const t = useWords();
  if (entityRef === AUTOMATION) return <>{t('migration.byRule')}</>;
  return /^[^:/]+:[^:/]+\/[^:/]+$/.test(entityRef) ? (
    <EntityRefLink entityRef={entityRef} hideIcon />
  ) : (
    <>{entityRef}</>
  );
};

import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Whoever started a migration: a catalog user, or a service by its plain name. */
export const UserName = ({ entityRef }: { entityRef: string }) =>
  /^[^:/]+:[^:/]+\/[^:/]+$/.test(entityRef) ? (
    <EntityRefLink entityRef={entityRef} hideIcon />
  ) : (
    <>{entityRef}</>
  );

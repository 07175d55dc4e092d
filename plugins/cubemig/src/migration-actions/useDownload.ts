import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  cubemigForensicsReadPermission,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { isActive } from '../migration';
import { useDenial } from '../permit';
import { saveFile } from '../text';

/** Saves all that is known of a migration as one archive. */
export function useDownload(migration: Migration, onDone?: () => void) {
  const { id, entityRef, source } = migration;
  const { forensics } = useApi(cubemigApiRef);
  const action = useAction(
    useCallback(
      async () =>
        saveFile(
          await forensics.downloadEvidence(id),
          `cubemig-${source.pod}-${id}.tar.gz`,
        ),
      [forensics, id, source.pod],
    ),
    onDone,
  );
  return {
    ...action,
    isPossible: !isActive(migration),
    denial: useDenial(cubemigForensicsReadPermission, entityRef),
  };
}

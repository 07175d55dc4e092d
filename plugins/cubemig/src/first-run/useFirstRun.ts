import {
  configApiRef,
  storageApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';

/** Whether newcomers are guided, whose pod they begin with, and what is remembered of this user. */
export function useFirstRun() {
  const entityRef = useApi(configApiRef).getOptionalString('cubemig.firstRun');
  const storage = useApi(storageApiRef);
  const bucket = useMemo(
    () => storage.forBucket('cubemig-first-run'),
    [storage],
  );
  const dismiss = useCallback(
    (isDismissed: boolean) => bucket.set('dismissed', isDismissed),
    [bucket],
  );
  return {
    entityRef,
    isDismissed: useStored(bucket, 'dismissed'),
    hasRead: useStored(bucket, 'read'),
    dismiss,
    bucket,
  };
}

/** Remembers that this user has looked at a report. */
export function useReading() {
  const { entityRef, hasRead, bucket } = useFirstRun();
  useEffect(() => {
    if (entityRef && !hasRead) bucket.set('read', true);
  }, [entityRef, hasRead, bucket]);
}

type Bucket = ReturnType<(typeof storageApiRef)['T']['forBucket']>;

function useStored(bucket: Bucket, key: string): boolean {
  const changes = useMemo(() => bucket.observe$<boolean>(key), [bucket, key]);
  const { value } = useObservable(changes, bucket.snapshot<boolean>(key));
  return value === true;
}

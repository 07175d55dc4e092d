import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { Pod } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import { useWords } from '../translation';

/** Asks before a pod is deleted. */
export const DeletePod = (props: { pod: Pod; onClose(): void }) => {
  const { pod, onClose } = props;
  const t = useWords();
  const { clusters } = useApi(cubemigApiRef);
  const { run, isBusy, refusal } = useAction(
    useCallback(() => clusters.deletePod(pod), [clusters, pod]),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t('clusters.deleteTitle', { pod: pod.name })}
      verb={t('clusters.deleteWord')}
      isBusy={isBusy}
      refusal={refusal}
      onConfirm={() => run()}
      onClose={onClose}
    >
      {t('clusters.deleteDetail')}
    </ConfirmDialog>
  );
};

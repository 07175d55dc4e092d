import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { ALERTS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { Loaded, PageBody, usePaths } from '../page';
import { useWords } from '../translation';
import { AlertDetails } from './AlertDetails';

const CALM = 10_000;

/** One alert, with all that is known of it. */
export const AlertPage = () => {
  const { id = '' } = useParams();
  const t = useWords();
  const paths = usePaths();
  const { alerts } = useApi(cubemigApiRef);
  const load = useCallback(() => alerts.get(id), [alerts, id]);
  const polled = useLive(load, CALM, ALERTS_CHANNEL);
  return (
    <PageBody label={t('alerts.pageLabel', { rule: polled.value?.rule ?? id })}>
      <div>
        <Link to={paths?.security ?? '..'}>{t('alerts.back')}</Link>
      </div>
      <Loaded polled={polled} problem={t('alerts.pageProblem')} height={320}>
        {alert => <AlertDetails alert={alert} onChange={polled.refresh} />}
      </Loaded>
    </PageBody>
  );
};

import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';
import { SeverityChip } from '../forensics/findings';
import { MigrationStatusLabel } from '../migration';
import { Loaded, usePaths } from '../page';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { useEntityState } from './useEntityState';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
    gap: theme.spacing(2),
    margin: 0,
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
  },
  name: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

const State = ({ entityRef }: { entityRef: string }) => {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const polled = useEntityState(entityRef);
  const linked = (path: string | undefined, text: string) =>
    path ? <Link to={path}>{text}</Link> : text;
  return (
    <Loaded polled={polled} problem={t('card.problem')} height={64}>
      {({ migration, openAlerts, finding }) => (
        <dl className={classes.facts}>
          <div>
            <dt className={classes.name}>{t('card.lastMigration')}</dt>
            <dd className={classes.value}>
              {migration ? (
                <>
                  <MigrationStatusLabel status={migration.status} />{' '}
                  {linked(paths?.migration(migration.id), migration.source.pod)}{' '}
                  <RelativeTime moment={migration.createdAt} />
                </>
              ) : (
                t('card.noMigration')
              )}
            </dd>
          </div>
          <div>
            <dt className={classes.name}>{t('card.openAlerts')}</dt>
            <dd className={classes.value}>
              {openAlerts === undefined && t('card.notPermitted')}
              {openAlerts === 0 && t('card.noAlerts')}
              {openAlerts !== undefined &&
                openAlerts > 0 &&
                linked(
                  paths &&
                    `${
                      paths.security
                    }?range=all&status=open&entityRef=${encodeURIComponent(
                      entityRef,
                    )}`,
                  String(openAlerts),
                )}
            </dd>
          </div>
          <div>
            <dt className={classes.name}>{t('card.worstFinding')}</dt>
            <dd className={classes.value}>
              {!finding && t('card.notPermitted')}
              {finding && !finding.worst && t('card.noFinding')}
              {finding?.worst && (
                <>
                  <SeverityChip severity={finding.worst.finding.severity} />{' '}
                  {linked(
                    paths &&
                      `${paths.migration(
                        finding.worst.migration,
                      )}?tab=forensics&container=${encodeURIComponent(
                        finding.worst.container,
                      )}`,
                    finding.worst.finding.title,
                  )}
                </>
              )}
            </dd>
          </div>
        </dl>
      )}
    </Loaded>
  );
};

/** On an entity's overview: its last migration, its open alerts, the worst that was found in its checkpoints. */
export const EntityCubemigCard = () => {
  const { entity } = useEntity();
  const t = useWords();
  if (!entity.metadata.annotations?.[KUBERNETES_ID]) {
    return <MissingAnnotationEmptyState annotation={KUBERNETES_ID} />;
  }
  return (
    <InfoCard title={t('card.title')} variant="gridItem">
      <State entityRef={stringifyEntityRef(entity)} />
    </InfoCard>
  );
};

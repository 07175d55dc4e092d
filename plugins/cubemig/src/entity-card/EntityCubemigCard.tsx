import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { KUBERNETES_ID, MigrationPage } from '@cubemig/plugin-cubemig-common';
import { SeverityChip } from '../forensics/findings';
import { useHelpPath } from '../help';
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
  value: { margin: 0, overflowWrap: 'anywhere', lineHeight: 1.6 },
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
      {({ migrations, openAlerts, finding }) => (
        <dl className={classes.facts}>
          <div>
            <dt className={classes.name}>{t('card.lastMigration')}</dt>
            <dd className={classes.value}>
              <LastMigration migrations={migrations} />
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

function LastMigration({ migrations }: { migrations?: MigrationPage }) {
  const t = useWords();
  const paths = usePaths();
  if (!migrations) return <>{t('card.notPermitted')}</>;
  const [migration] = migrations.items;
  if (!migration) return <>{t('card.noMigration')}</>;
  const { id, status, source, createdAt } = migration;
  return (
    <>
      <MigrationStatusLabel status={status} />{' '}
      {paths ? <Link to={paths.migration(id)}>{source.pod}</Link> : source.pod}{' '}
      <RelativeTime moment={createdAt} />
    </>
  );
}

/** On an entity's overview: its last migration, its open alerts, the worst that was found in its checkpoints. */
export const EntityCubemigCard = () => {
  const { entity } = useEntity();
  const t = useWords();
  const helpPath = useHelpPath();
  if (!entity.metadata.annotations?.[KUBERNETES_ID]) {
    return (
      <MissingAnnotationEmptyState
        annotation={KUBERNETES_ID}
        readMoreUrl={helpPath('annotation')}
      />
    );
  }
  return (
    <InfoCard title={t('card.title')} variant="gridItem">
      <State entityRef={stringifyEntityRef(entity)} />
    </InfoCard>
  );
};

import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import {
  AlertSummary,
  DecisionPage,
  MigrationPage,
  priorities,
} from '@cubemig/plugin-cubemig-common';
import { describeNow, MigrationStatusLabel } from '../migration';
import { EmptyNote, Loaded, usePaths } from '../page';
import { PriorityMark } from '../security/PriorityMark';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { Figure } from './Figure';
import { useHomeState } from './useHomeState';

const useStyles = makeStyles(theme => ({
  figures: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: theme.spacing(2, 3),
    margin: 0,
    fontFamily: theme.typography.fontFamily,
    color: theme.palette.text.primary,
  },
  list: {
    display: 'grid',
    gap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  priorities: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  lesser: { color: theme.palette.text.secondary },
}));

/** What needs somebody, on the first page that they see. */
export const HomeState = () => {
  const classes = useStyles();
  const t = useWords();
  const polled = useHomeState();
  return (
    <Loaded polled={polled} problem={t('home.problem')} height={96}>
      {({ open, awaiting, running }) =>
        open || awaiting || running ? (
          <dl className={classes.figures}>
            {open && <OpenAlerts summary={open} />}
            {awaiting && <Awaiting decisions={awaiting} />}
            {running && <Running migrations={running} />}
          </dl>
        ) : (
          <EmptyNote title={t('home.denied')} help={{ topic: 'permissions' }}>
            {t('home.deniedDetail')}
          </EmptyNote>
        )
      }
    </Loaded>
  );
};

function OpenAlerts({ summary }: { summary: AlertSummary }) {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const path = paths && `${paths.security}?range=all&status=open`;
  const counted = priorities.filter(priority => summary.priorities[priority]);
  return (
    <Figure name={t('home.openAlerts')} count={summary.alerts} path={path}>
      {counted.length === 0 ? (
        <div className={classes.lesser}>{t('home.noAlerts')}</div>
      ) : (
        <ul className={classes.priorities}>
          {counted.map(priority => {
            const number = summary.priorities[priority]!.toLocaleString();
            return (
              <li key={priority}>
                <PriorityMark priority={priority} />{' '}
                {path ? (
                  <Link
                    to={`${path}&priority=${priority}`}
                    aria-label={`${t(
                      `alerts.priorities.${priority}`,
                    )}: ${number}`}
                  >
                    {number}
                  </Link>
                ) : (
                  number
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Figure>
  );
}

function Awaiting({ decisions }: { decisions: DecisionPage }) {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  return (
    <Figure
      name={t('home.awaiting')}
      count={decisions.total}
      path={paths?.security}
    >
      {decisions.items.length === 0 && (
        <div className={classes.lesser}>{t('home.noneAwaiting')}</div>
      )}
      <ul className={classes.list}>
        {decisions.items.map(
          ({ id, alert, action, pod, cluster, expiresAt }) => {
            const name = `${action} ${pod ?? cluster}`;
            return (
              <li key={id}>
                {paths ? <Link to={paths.alert(alert)}>{name}</Link> : name}{' '}
                {expiresAt && (
                  <span className={classes.lesser}>
                    {t('alerts.expires')} <RelativeTime moment={expiresAt} />
                  </span>
                )}
              </li>
            );
          },
        )}
      </ul>
    </Figure>
  );
}

function Running({ migrations }: { migrations: MigrationPage }) {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const { items, total = items.length } = migrations;
  return (
    <Figure name={t('home.running')} count={total} path={paths?.migrations}>
      {items.length === 0 && (
        <div className={classes.lesser}>{t('home.noneRunning')}</div>
      )}
      <ul className={classes.list}>
        {items.map(migration => {
          const { id, source, status } = migration;
          return (
            <li key={id}>
              {paths ? (
                <Link to={paths.migration(id)}>{source.pod}</Link>
              ) : (
                source.pod
              )}{' '}
              <span className={classes.lesser}>
                {describeNow(migration, t) ?? (
                  <MigrationStatusLabel status={status} />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Figure>
  );
}

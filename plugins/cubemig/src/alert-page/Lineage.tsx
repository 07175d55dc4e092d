import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { LineageEntry } from '@cubemig/plugin-cubemig-common';
import { MigrationStatusLabel, Route } from '../migration';
import { EmptyNote, Panel, usePaths } from '../page';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 2),
    padding: theme.spacing(1, 2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    overflowWrap: 'anywhere',
  },
  lesser: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
}));

/** The migrations that the alert's pod has behind it, and those that the alert led to. */
export const Lineage = ({ entries }: { entries: LineageEntry[] }) => {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  return (
    <Panel title={t('alerts.lineage')} isFlush>
      {entries.length === 0 && <EmptyNote title={t('alerts.lineageNone')} />}
      <ol className={classes.list}>
        {entries.map(entry => (
          <li key={entry.migration} className={classes.item}>
            <MigrationStatusLabel status={entry.status} />
            {paths ? (
              <Link to={paths.migration(entry.migration)}>
                {t(`migration.modes.${entry.mode}`)} {entry.pod}
              </Link>
            ) : (
              entry.pod
            )}
            <Route from={entry.sourceCluster} to={entry.targetCluster} />
            <span className={classes.lesser}>
              <RelativeTime moment={entry.createdAt} />
              {entry.isResponse && `, ${t('alerts.isResponse')}`}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
};

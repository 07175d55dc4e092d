import { makeStyles } from '@material-ui/core/styles';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { isActive, MigrationOutcome, TimelineEvents } from '../migration';
import { Panel } from '../page';
import { useWords } from '../translation';
import { Comparison } from './Comparison';
import { Gantt } from './Gantt';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(2),
  },
  // Each column goes down by itself: what is long on one side leaves no gap on the other.
  column: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2),
  },
  log: { paddingTop: theme.spacing(1) },
}));

/** How far a migration is, what came of it, and how it compares. */
export const Overview = ({ migration }: { migration: Migration }) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <div className={classes.root}>
      <div className={classes.column}>
        <Panel title={t('migration.gantt')} help="migrationPage">
          <Gantt migration={migration} />
        </Panel>
        <Panel title={t('migration.logTitle')} isFlush>
          <div className={classes.log}>
            <TimelineEvents
              id={migration.id}
              isUnderWay={isActive(migration)}
            />
          </div>
        </Panel>
      </div>
      <div className={classes.column}>
        <Panel title={t('migration.outcomeTitle')}>
          <div className={classes.column}>
            <MigrationOutcome migration={migration} />
          </div>
        </Panel>
        <Panel title={t('migration.figuresTitle')} isFlush>
          <Comparison migration={migration} />
        </Panel>
      </div>
    </div>
  );
};

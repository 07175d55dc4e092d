import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import useMeasure from 'react-use/esm/useMeasure';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Polled } from '../polling';
import { LoadProblem } from '../problem';
import { usePages } from '../table';
import { useWords } from '../translation';
import { HistoryTable } from './HistoryTable';

const PAGE = 10;
const NONE: Migration[] = [];
const FOLD_BELOW = 760;

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    overflow: 'hidden',
  },
  note: { padding: theme.spacing(3, 2), textAlign: 'center' },
}));

/** The entity's migrations, newest first. */
export const MigrationHistory = (props: {
  migrations: Polled<Migration[]>;
  selected?: string;
  onSelect(id: string): void;
}) => {
  const classes = useStyles();
  const t = useWords();
  const [measured, { width }] = useMeasure<HTMLDivElement>();
  const { value, error, refresh } = props.migrations;
  const { shown, pager } = usePages(value ?? NONE, PAGE);

  if (!value && error) {
    return (
      <LoadProblem
        title={t('tab.historyProblem')}
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) {
    return <Skeleton variant="rect" height={120} aria-busy />;
  }
  return (
    <Paper elevation={0} className={classes.root} ref={measured}>
      {value.length === 0 ? (
        <div className={classes.note}>
          <Typography variant="body1">{t('tab.historyEmpty')}</Typography>
          <Typography variant="body2" color="textSecondary">
            {t('tab.historyEmptyDetail')}
          </Typography>
        </div>
      ) : (
        <HistoryTable
          migrations={shown}
          isFolded={width > 0 && width < FOLD_BELOW}
          selected={props.selected}
          onSelect={props.onSelect}
        />
      )}
      {pager}
    </Paper>
  );
};

import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
  },
}));

export const MigrationSkeleton = () => (
  <Paper
    elevation={0}
    className={useStyles().root}
    role="status"
    aria-busy
    aria-label={useWords()('common.loading')}
  >
    <Skeleton width="40%" height={32} />
    <Skeleton width="60%" />
    <Skeleton variant="rect" height={220} style={{ marginTop: 16 }} />
  </Paper>
);

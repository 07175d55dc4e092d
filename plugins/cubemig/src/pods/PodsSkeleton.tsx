import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(2),
  },
}));

/** The place of two clusters, while they are being asked. */
export const PodsSkeleton = () => (
  <div
    className={useStyles().root}
    role="status"
    aria-busy
    aria-label={useWords()('pods.loading')}
  >
    <Skeleton variant="rect" height={160} />
    <Skeleton variant="rect" height={160} />
  </div>
);

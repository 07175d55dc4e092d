import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Polled, StaleMarker } from '../polling';
import { LoadProblem } from '../problem';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  stale: { margin: theme.spacing(1, 2) },
}));

/** What was loaded, marked if newer answers do not come; or that it is still on its way, or why it did not come. */
export function Loaded<T>(props: {
  polled: Polled<T>;
  /** Says what could not be read. */
  problem: string;
  /** Of the place it will take, in pixels. */
  height?: number;
  children(value: T): ReactNode;
}) {
  const { polled, problem, height = 160, children } = props;
  const classes = useStyles();
  const t = useWords();
  if (polled.value !== undefined) {
    return (
      <>
        {polled.isStale && (
          <div className={classes.stale}>
            <StaleMarker since={polled.updatedAt!} />
          </div>
        )}
        {children(polled.value)}
      </>
    );
  }
  if (polled.error) {
    return (
      <LoadProblem
        title={problem}
        error={polled.error}
        onRetry={polled.refresh}
      />
    );
  }
  return (
    <div role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton variant="rect" height={height} />
    </div>
  );
}

import Tooltip from '@material-ui/core/Tooltip';
import { exactTime } from './exactTime';
import { durationBetween, formatAge } from './formatDuration';

/** How long something has existed, and since when on hover. */
export const Age = ({ since }: { since: string }) => (
  <Tooltip title={`Since ${exactTime(since)}`}>
    <time dateTime={since}>
      {formatAge(durationBetween(since, new Date()))}
    </time>
  </Tooltip>
);

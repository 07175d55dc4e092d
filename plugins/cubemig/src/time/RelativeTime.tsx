import Tooltip from '@material-ui/core/Tooltip';
import { DateTime } from 'luxon';
import { exactTime } from './exactTime';

/** "3 minutes ago", and the exact time on hover. */
export const RelativeTime = ({ moment }: { moment: string }) => {
  const time = DateTime.fromISO(moment);
  const isJustNow = Math.abs(time.diffNow().toMillis()) < 5000;
  return (
    <Tooltip title={exactTime(moment)}>
      <time dateTime={moment}>
        {isJustNow ? 'just now' : time.toRelative()}
      </time>
    </Tooltip>
  );
};

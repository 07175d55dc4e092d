import Tooltip from '@material-ui/core/Tooltip';
import { DateTime } from 'luxon';
import { useWords } from '../translation';
import { exactTime } from './exactTime';

/** "3 minutes ago", and the exact time on hover. */
export const RelativeTime = ({ moment }: { moment: string }) => {
  const t = useWords();
  const time = DateTime.fromISO(moment);
  const isJustNow = Math.abs(time.diffNow().toMillis()) < 5000;
  return (
    <Tooltip title={exactTime(moment)}>
      <time dateTime={moment} style={{ whiteSpace: 'nowrap' }}>
        {isJustNow ? t('common.justNow') : time.toRelative()}
      </time>
    </Tooltip>
  );
};

import Tooltip from '@material-ui/core/Tooltip';
import { useWords } from '../translation';
import { exactTime } from './exactTime';
import { durationBetween, formatAge } from './formatDuration';

/** How long something has existed, and since when on hover. */
export const Age = ({ since }: { since: string }) => {
  const t = useWords();
  return (
    <Tooltip title={t('common.since', { time: exactTime(since) })}>
      <time dateTime={since} style={{ whiteSpace: 'nowrap' }}>
        {formatAge(durationBetween(since, new Date()))}
      </time>
    </Tooltip>
  );
};

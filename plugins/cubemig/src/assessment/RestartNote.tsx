import { Notice } from '../problem';
import { durationBetween, formatAge, useNow } from '../time';
import { useWords } from '../translation';

/** Why the model is asked again, and how soon. */
export const RestartNote = (props: { reason: string; resumesAt: string }) => {
  const { reason, resumesAt } = props;
  const t = useWords();
  const left = durationBetween(useNow(1000), resumesAt);
  return (
    <Notice severity="warning">
      {reason}{' '}
      {left > 0
        ? t('assessment.resumesIn', { time: formatAge(left + 999) })
        : t('assessment.resumesNow')}
    </Notice>
  );
};

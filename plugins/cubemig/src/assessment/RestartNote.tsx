import { Notice } from '../problem';
import { useWords } from '../translation';

/** Why the model is asked again, and when. It is read aloud when it comes, and so does not count seconds. */
export const RestartNote = (props: { reason: string; resumesAt: string }) => {
  const { reason, resumesAt } = props;
  const t = useWords();
  const time = new Date(resumesAt).toLocaleTimeString();
  return (
    <Notice severity="warning">
      <div>{reason}</div>
      {t('assessment.resumesAt', { time })}
    </Notice>
  );
};

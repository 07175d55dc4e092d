import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { useWords } from '../../translation';

/** That a courier is looking something up. */
export const InquiryProgress = () => {
  const t = useWords();
  return (
    <div role="status">
      <Typography variant="body2" color="textSecondary">
        {t('forensics.asking')}
      </Typography>
      <LinearProgress aria-label={t('forensics.asking')} />
    </div>
  );
};

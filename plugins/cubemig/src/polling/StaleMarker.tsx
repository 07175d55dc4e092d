import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { useWords } from '../translation';
import { durationBetween, formatAge, useNow } from '../time';

const useStyles = makeStyles(theme => ({
  root: { margin: 0 },
  icon: { color: theme.palette.status.warning },
}));

/** Says that what is shown is old, because newer answers did not come. */
export const StaleMarker = ({ since }: { since: Date }) => {
  const classes = useStyles();
  const t = useWords();
  const now = useNow(1000);
  return (
    <Tooltip title={t('tab.staleDetail')}>
      <Chip
        size="small"
        variant="outlined"
        className={classes.root}
        icon={<WarningIcon className={classes.icon} />}
        label={t('tab.stale', {
          age: formatAge(durationBetween(since, now)),
        })}
      />
    </Tooltip>
  );
};

import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { durationBetween, formatAge, useNow } from '../time';

const useStyles = makeStyles(theme => ({
  root: { margin: 0 },
  icon: { color: theme.palette.status.warning },
}));

/** Says that what is shown is old, because newer answers did not come. */
export const StaleMarker = ({ since }: { since: Date }) => {
  const classes = useStyles();
  const now = useNow(1000);
  return (
    <Tooltip title="The last attempt to update this failed; it is tried again by itself.">
      <Chip
        size="small"
        variant="outlined"
        className={classes.root}
        icon={<WarningIcon className={classes.icon} />}
        label={`Not updated for ${formatAge(durationBetween(since, now))}`}
      />
    </Tooltip>
  );
};

import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { Severity } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../../translation';

/** White words can be read on it, in both themes. */
const CRITICAL = '#c62828';

const useStyles = makeStyles(theme => {
  const outlined = (color: string) => ({
    borderColor: color,
    '&::before': {
      content: '""',
      width: 8,
      height: 8,
      marginLeft: 8,
      borderRadius: '50%',
      backgroundColor: color,
    },
  });
  const { status } = theme.palette;
  return {
    root: { margin: 0 },
    critical: {
      color: '#fff',
      backgroundColor: CRITICAL,
      borderColor: CRITICAL,
    },
    high: outlined(status.error),
    medium: outlined(status.warning),
    low: outlined(status.running),
    info: outlined(status.aborted),
  };
});

/** How grave something is, by word as well as by colour. */
export const SeverityChip = (props: {
  severity: Severity;
  /** How many there are. */
  count?: number;
}) => {
  const { severity, count } = props;
  const classes = useStyles();
  const t = useWords();
  const word = t(`forensics.severities.${severity}`);
  return (
    <Chip
      size="small"
      variant="outlined"
      className={`${classes.root} ${classes[severity]}`}
      label={count === undefined ? word : `${count} ${word}`}
    />
  );
};

import { makeStyles } from '@material-ui/core/styles';
import { Priority } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';
import { usePriorityColors } from './usePriorityColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
  },
  dot: { width: 10, height: 10, borderRadius: 2, flexShrink: 0 },
}));

/** An alert's priority, as a word with its colour. */
export const PriorityMark = ({ priority }: { priority: Priority }) => {
  const classes = useStyles();
  const t = useWords();
  const colors = usePriorityColors();
  return (
    <span className={classes.root}>
      <span
        className={classes.dot}
        style={{ backgroundColor: colors[priority] }}
      />
      {t(`alerts.priorities.${priority}`)}
    </span>
  );
};

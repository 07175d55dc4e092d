import { makeStyles } from '@material-ui/core/styles';
import { AlertSummary, Priority } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';
import { usePriorityColors } from './usePriorityColors';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  item: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    padding: theme.spacing(0.25, 1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 12,
    background: 'none',
    color: theme.palette.text.primary,
    font: 'inherit',
    fontSize: '0.8125rem',
    cursor: 'pointer',
    '&[aria-pressed=true]': {
      backgroundColor: theme.palette.action.selected,
      borderColor: theme.palette.text.primary,
    },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
    },
  },
  dot: { width: 10, height: 10, borderRadius: 2 },
}));

/** What the chart's colours mean; choosing a priority shows it alone. */
export const PriorityLegend = (props: {
  priorities: Priority[];
  counts: AlertSummary['priorities'];
  chosen: string | undefined;
  onChoose(priority: Priority | undefined): void;
}) => {
  const { priorities, counts, chosen, onChoose } = props;
  const classes = useStyles();
  const t = useWords();
  const colors = usePriorityColors();
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('alerts.priority')}
    >
      {priorities.map(priority => {
        const isChosen = chosen === priority;
        return (
          <button
            key={priority}
            type="button"
            className={classes.item}
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? undefined : priority)}
          >
            <span
              className={classes.dot}
              style={{ backgroundColor: colors[priority] }}
            />
            {t(`alerts.priorities.${priority}`)}{' '}
            {counts[priority]?.toLocaleString()}
          </button>
        );
      })}
    </div>
  );
};

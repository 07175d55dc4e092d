import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import { Plan } from '@cubemig/plugin-cubemig-common';
import { StatusLabel } from '../status';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  title: { fontSize: '1rem', fontWeight: 600 },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  reason: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
}));

/** Which of the target's nodes can take the pod, and why the others cannot. */
export const PlannedNodes = (props: {
  cluster: string;
  nodes: Plan['nodes'];
}) => {
  const classes = useStyles();
  const t = useWords();
  const title = t('plan.nodes', { cluster: props.cluster });
  return (
    <section aria-label={title}>
      <Typography variant="h3" className={classes.title}>
        {title}
      </Typography>
      <ul className={classes.list}>
        {props.nodes.map(({ name, fits, reasons }) => (
          <li key={name}>
            <StatusLabel
              tone={fits ? 'ok' : 'error'}
              Icon={fits ? CheckCircleIcon : CancelIcon}
            >
              {name}
            </StatusLabel>{' '}
            <span className={classes.reason}>
              {fits ? t('plan.nodeFits') : reasons.join('; ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    padding: theme.spacing(4, 2),
    textAlign: 'center',
    color: theme.palette.text.secondary,
  },
  outline: { marginBottom: theme.spacing(1.5) },
}));

/** A cluster that the entity has no pods on: a place to migrate to. */
export const EmptyCluster = ({ title }: { title: string }) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <div className={classes.root}>
      <svg
        viewBox="0 0 48 48"
        width={48}
        height={48}
        className={classes.outline}
        aria-hidden
      >
        <path
          d="M24 5 41 14.5v19L24 43 7 33.5v-19L24 5Zm0 19v19M24 24 7 14.5M24 24l17-9.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="3 3"
          strokeLinejoin="round"
        />
      </svg>
      <Typography variant="body1" color="textPrimary">
        {t('pods.emptyTitle')}
      </Typography>
      <Typography variant="body2">
        {t('pods.emptyDetail', { cluster: title })}
      </Typography>
    </div>
  );
};

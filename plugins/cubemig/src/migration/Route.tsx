import { makeStyles } from '@material-ui/core/styles';
import ArrowIcon from '@material-ui/icons/ArrowForward';
import { Spoken } from '../spoken';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 0.75),
  },
  arrow: { fontSize: '1.1em', color: theme.palette.text.secondary },
}));

/** From one cluster to another; a checkpoint that is only kept goes nowhere. */
export const Route = ({ from, to }: { from: string; to?: string }) => {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      {from}
      {to && (
        <>
          <ArrowIcon className={classes.arrow} aria-hidden />
          <Spoken> to </Spoken>
          {to}
        </>
      )}
    </span>
  );
};

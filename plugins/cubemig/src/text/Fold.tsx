import { ReactNode, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  button: { marginLeft: -5 },
  content: { marginTop: theme.spacing(0.5) },
}));

/** Something long that is made only when it is asked for. */
export const Fold = (props: {
  show: string;
  hide: string;
  children: ReactNode;
}) => {
  const classes = useStyles();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        color="primary"
        className={classes.button}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? props.hide : props.show}
      </Button>
      {isOpen && <div className={classes.content}>{props.children}</div>}
    </>
  );
};

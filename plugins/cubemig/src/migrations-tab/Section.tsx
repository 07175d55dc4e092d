import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    minHeight: 32,
    marginBottom: theme.spacing(1),
  },
  title: { fontSize: '1.25rem', fontWeight: 600, margin: 0 },
}));

/** A titled part of the tab. */
export const Section = (props: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <section>
      <div className={classes.header}>
        <Typography variant="h2" className={classes.title}>
          {props.title}
        </Typography>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
};

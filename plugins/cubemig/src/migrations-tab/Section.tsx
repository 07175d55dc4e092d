import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { HelpMark, HelpTopic } from '../help';

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
  heading: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
  title: { fontSize: '1.25rem', fontWeight: 600, margin: 0 },
}));

/** A titled part of the tab. */
export const Section = (props: {
  title: string;
  help?: HelpTopic;
  aside?: ReactNode;
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <section>
      <div className={classes.header}>
        <div className={classes.heading}>
          <Typography variant="h2" className={classes.title}>
            {props.title}
          </Typography>
          {props.help && <HelpMark topic={props.help} title={props.title} />}
        </div>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
};

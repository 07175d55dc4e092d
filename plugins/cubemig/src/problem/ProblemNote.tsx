import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AlertProps } from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Help, HelpLink } from '../help';
import { useWords } from '../translation';
import { Marked } from '../text';
import { Notice } from './Notice';

const useStyles = makeStyles(theme => ({
  remedy: { marginTop: theme.spacing(0.5) },
}));

/** What is wrong, and under it what to do about it. */
export const ProblemNote = (props: {
  title: string;
  message: ReactNode;
  remedy?: string;
  help?: Help;
  severity?: AlertProps['severity'];
  className?: string;
  children?: ReactNode;
}) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <Notice severity={props.severity ?? 'error'} className={props.className}>
      <AlertTitle>{props.title}</AlertTitle>
      {typeof props.message === 'string' ? (
        <Marked text={props.message} />
      ) : (
        props.message
      )}
      {props.remedy && (
        <Typography variant="body2" className={classes.remedy}>
          <strong>{t('tab.whatToDo')}</strong> <Marked text={props.remedy} />
        </Typography>
      )}
      {props.help && (
        <Typography variant="body2" className={classes.remedy}>
          <HelpLink {...props.help} />
        </Typography>
      )}
      {props.children}
    </Notice>
  );
};

import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { PlanFinding } from '@cubemig/plugin-cubemig-common';
import { HelpLink } from '../help';
import { Notice } from '../problem';
import { Marked } from '../text';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    '& li + li': { marginTop: theme.spacing(1) },
  },
  object: { fontWeight: 600 },
}));

const topics = { error: 'blockers', warning: 'warnings' } as const;

/** What stands against a migration, or what a user should know, each with what to do about it. */
export const PlanFindings = (props: {
  severity: 'error' | 'warning';
  title: string;
  findings: PlanFinding[];
  action?: ReactNode;
}) => {
  const { severity, title, findings, action } = props;
  const classes = useStyles();
  const t = useWords();
  return (
    <Notice severity={severity}>
      <AlertTitle>{title}</AlertTitle>
      <ul className={classes.list}>
        {findings.map(({ code, cluster, object, message, remedy }) => (
          <li key={`${code}/${cluster}/${object}/${message}`}>
            {object && <span className={classes.object}>{object}: </span>}
            <Marked text={message} />
            {remedy && (
              <div>
                <strong>{t('plan.whatToDo')}</strong> <Marked text={remedy} />
              </div>
            )}
            <div>
              <HelpLink topic={topics[severity]} code={code} isAside />
            </div>
          </li>
        ))}
      </ul>
      {action}
    </Notice>
  );
};

import { Link } from '@backstage/core-components';
import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Decision } from '@cubemig/plugin-cubemig-common';
import { HelpLink } from '../help';
import { UserName } from '../migration';
import { usePaths } from '../page';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1.25, 2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    overflowWrap: 'anywhere',
    fontSize: '0.875rem',
    lineHeight: 1.43,
  },
  words: { flex: '1 1 260px', minWidth: 0 },
  lesser: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
}));

/** What was decided about an alert, why, and what came of it. */
export const DecisionLine = (props: {
  decision: Decision;
  /** Where the decision stands beside its alert, that need not be said. */
  isAtAlert?: boolean;
  children?: ReactNode;
}) => {
  const { decision, isAtAlert, children } = props;
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const { rule, guard, actor, comment, outcome, migration } = decision;
  return (
    <li className={classes.root}>
      <div className={classes.words}>
        <div>
          <strong>
            {t(`alerts.verdicts.${decision.verdict}`)}: {decision.action}
          </strong>
          {', '}
          {t(`alerts.decisionStatuses.${decision.status}`)}
          {guard && (
            <>
              {', '}
              <HelpLink topic="guards" code={guard}>
                {t('alerts.guard', { guard })}
              </HelpLink>
            </>
          )}
        </div>
        {!isAtAlert && (
          <div>
            {paths ? (
              <Link to={paths.alert(decision.alert)}>{decision.falcoRule}</Link>
            ) : (
              decision.falcoRule
            )}{' '}
            {[decision.cluster, decision.namespace, decision.pod]
              .filter(Boolean)
              .join('/')}
          </div>
        )}
        <div>{decision.reason}</div>
        {outcome && <div>{outcome}</div>}
        <div className={classes.lesser}>
          {t('alerts.ruleOf', {
            name: rule.name,
            revision: String(rule.revision),
          })}
          {' · '}
          <RelativeTime moment={decision.createdAt} />
          {decision.expiresAt && decision.status === 'awaiting-approval' && (
            <>
              {' · '}
              {t('alerts.expires')} <RelativeTime moment={decision.expiresAt} />
            </>
          )}
          {actor && (
            <>
              {' · '}
              <UserName entityRef={actor} />
            </>
          )}
          {comment && ` “${comment}”`}
        </div>
        {migration && paths && (
          <Link to={paths.migration(migration)}>{t('alerts.toMigration')}</Link>
        )}
      </div>
      {children}
    </li>
  );
};

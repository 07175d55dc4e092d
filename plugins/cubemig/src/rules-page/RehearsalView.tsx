import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { RuleRehearsal } from '@cubemig/plugin-cubemig-common';
import { usePaths } from '../page';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    maxHeight: 240,
    overflowY: 'auto',
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
}));

/** What a rule would have done about the alerts of the last days. */
export const RehearsalView = ({ rehearsal }: { rehearsal: RuleRehearsal }) => {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const { examined, occurrences, matched, actions, alerts } = rehearsal;
  return (
    <div role="status">
      {t('rules.rehearsed', {
        examined: examined.toLocaleString(),
        matched: matched.toLocaleString(),
        actions: actions.toLocaleString(),
      })}
      {occurrences &&
        occurrences.of > 0 &&
        ` ${t('rules.rehearsedOccurrences', {
          examined: occurrences.examined.toLocaleString(),
          of: occurrences.of.toLocaleString(),
        })}`}
      <ul className={classes.list}>
        {alerts.map(alert => (
          <li key={alert.id}>
            {paths ? (
              <Link to={paths.alert(alert.id)}>{alert.rule}</Link>
            ) : (
              alert.rule
            )}{' '}
            {[alert.cluster, alert.namespace, alert.pod]
              .filter(Boolean)
              .join('/')}{' '}
            <RelativeTime moment={alert.lastAt} />
            {alert.isCooledDown && ` (${t('rules.cooled')})`}
          </li>
        ))}
      </ul>
    </div>
  );
};

import { makeStyles } from '@material-ui/core/styles';
import { OriginalRule } from '@cubemig/plugin-cubemig-common';
import { useWords, Words } from '../translation';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(1, 0, 0),
    paddingLeft: theme.spacing(3),
    maxHeight: 240,
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
}));

/** What would be imported, in words. */
export const ImportPreview = ({ rules }: { rules: OriginalRule[] }) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <div>
      <strong role="status">
        {t('rules.importCount', { count: rules.length })}
      </strong>
      <ol className={classes.list}>
        {rules.map((rule, index) => (
          // Two rules may be alike, and none of them moves.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index}>{describe(rule, t)}</li>
        ))}
      </ol>
    </div>
  );
};

function describe(rule: OriginalRule, t: Words): string {
  const { cluster, action, targetCluster, AI_suggestion: isAssessed } = rule;
  const where = t('rules.importOn', { rule: rule.rule, cluster });
  if (action === 'log') return `${where}: ${t('rules.actions.log')}`;
  const deeds = [
    [
      t('rules.actions.migrate'),
      targetCluster && t('rules.toTarget', { target: targetCluster }),
    ]
      .filter(Boolean)
      .join(' '),
    (rule.forensic_analysis || isAssessed) && t('rules.forensics'),
    isAssessed && t('rules.assessment'),
  ];
  return `${where}: ${deeds.filter(Boolean).join(', ')}`;
}

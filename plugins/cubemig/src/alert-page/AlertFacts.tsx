import { ReactNode } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Alert } from '@cubemig/plugin-cubemig-common';
import { Panel } from '../page';
import { ProblemNote } from '../problem';
import { PriorityMark } from '../security/PriorityMark';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  output: { overflowWrap: 'anywhere', marginBottom: theme.spacing(2) },
  trouble: { marginBottom: theme.spacing(2) },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
    gap: theme.spacing(1.5, 2),
    margin: 0,
    fontSize: '0.875rem',
    lineHeight: 1.43,
  },
  name: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** Where and when it happened, to whom, and by which command. */
export const AlertFacts = ({ alert }: { alert: Alert }) => {
  const classes = useStyles();
  const t = useWords();
  const facts: [string, ReactNode][] = [
    [t('common.status'), t(`alerts.statuses.${alert.status}`)],
    [t('alerts.times'), alert.occurrences.toLocaleString()],
    [t('alerts.firstSeen'), <RelativeTime moment={alert.firstAt} />],
    [t('alerts.lastSeen'), <RelativeTime moment={alert.lastAt} />],
    [t('common.cluster'), alert.cluster],
    [t('common.namespace'), alert.namespace],
    [t('migration.pod'), alert.pod],
    [
      t('common.workload'),
      alert.workload && `${alert.workload.kind} ${alert.workload.name}`,
    ],
    [
      t('alerts.entity'),
      alert.entityRef && <EntityRefLink entityRef={alert.entityRef} />,
    ],
    [t('alerts.container'), alert.container ?? alert.containerId],
    [t('alerts.image'), alert.image],
    [t('alerts.command'), alert.command],
    [t('alerts.host'), alert.hostname],
    [t('alerts.source'), alert.source],
    [t('alerts.tags'), alert.tags.join(', ')],
  ];
  return (
    <Panel
      title={alert.rule}
      aside={<PriorityMark priority={alert.priority} />}
    >
      <Typography variant="body2" className={classes.output}>
        {alert.output}
      </Typography>
      {alert.trouble && (
        <ProblemNote
          className={classes.trouble}
          title={t('alerts.trouble')}
          message={alert.trouble}
        />
      )}
      <dl className={classes.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt className={classes.name}>{name}</dt>
                <dd className={classes.value}>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  );
};

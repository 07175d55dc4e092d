import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  tooltip: {
    display: 'grid',
    gap: theme.spacing(0.5),
    fontSize: '0.8125rem',
    lineHeight: 1.4,
  },
}));

/** Migrate, follow the migration that is under way, or why neither is possible. */
export const PodAction = (props: {
  pod: Pod;
  activeMigrations: Migration[];
  denial?: string;
  onMigrate(pod: Pod): void;
  onFollow(migration: Migration): void;
}) => {
  const { pod, activeMigrations, denial, onMigrate, onFollow } = props;
  const classes = useStyles();
  const t = useWords();

  const underWay = activeMigrations.find(m => isSourceOf(m, pod));
  if (underWay) {
    return (
      <Button
        size="small"
        color="primary"
        aria-label={t('pods.followLabel', { pod: pod.name })}
        onClick={() => onFollow(underWay)}
      >
        {t('pods.follow')}
      </Button>
    );
  }

  const { obstacle } = pod;
  if (!denial && !obstacle) {
    return (
      <Button
        size="small"
        color="primary"
        variant="outlined"
        aria-label={t('pods.migrateLabel', { pod: pod.name })}
        onClick={() => onMigrate(pod)}
      >
        {t('pods.migrate')}
      </Button>
    );
  }

  const reason = (
    <span className={classes.tooltip}>
      <span>{denial ?? obstacle!.message}</span>
      {!denial && <span>{obstacle!.remedy}</span>}
    </span>
  );
  // aria-disabled rather than disabled: a disabled button can neither be hovered nor focused, so nobody learns why.
  return (
    <Tooltip title={reason}>
      <Button
        size="small"
        variant="outlined"
        aria-disabled
        aria-label={t('pods.notMigrateLabel', {
          pod: pod.name,
          reason: denial ?? obstacle!.message,
        })}
        disableRipple
        style={{ opacity: 0.55, cursor: 'not-allowed' }}
      >
        {t('pods.migrate')}
      </Button>
    </Tooltip>
  );
};

function isSourceOf({ source }: Migration, pod: Pod): boolean {
  return (
    source.cluster === pod.cluster &&
    (source.uid
      ? source.uid === pod.uid
      : source.namespace === pod.namespace && source.pod === pod.name)
  );
}

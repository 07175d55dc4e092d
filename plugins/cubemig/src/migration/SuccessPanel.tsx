import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice } from '../problem';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  button: { marginTop: theme.spacing(1), marginLeft: -5 },
}));

const words = {
  move: 'moved',
  copy: 'copied',
  restore: 'restored',
} as const;

/** What a migration has achieved, in the words of its mode. */
export const SuccessPanel = (props: {
  migration: Migration;
  /** A way to show the pod that was made; undefined if it is gone since. */
  findPod?(migration: Migration): (() => void) | undefined;
}) => {
  const { migration, findPod } = props;
  const { mode, source, target } = migration;
  const showPod = findPod?.(migration);
  const classes = useStyles();
  const t = useWords();
  if (!target || mode === 'checkpoint') {
    return (
      <Notice severity="success">
        <AlertTitle>{t('outcome.kept')}</AlertTitle>
        {t('outcome.keptDetail', { pod: source.pod })}
      </Notice>
    );
  }
  return (
    <Notice severity="success">
      <AlertTitle>
        {t(`outcome.${words[mode]}`, { cluster: target.cluster })}
      </AlertTitle>
      <strong>{target.pod}</strong>{' '}
      {target.node && `${t('outcome.onNode', { node: target.node })} `}
      {t(`outcome.${words[mode]}Detail`)}
      {showPod && (
        <div>
          <Button
            size="small"
            color="inherit"
            className={classes.button}
            onClick={showPod}
          >
            {t('outcome.showPod')}
          </Button>
        </div>
      )}
    </Notice>
  );
};

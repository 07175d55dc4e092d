import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice } from '../problem';

const useStyles = makeStyles(theme => ({
  button: { marginTop: theme.spacing(1), marginLeft: -5 },
}));

export const SuccessPanel = (props: {
  migration: Migration;
  findPod?(migration: Migration): (() => void) | undefined;
}) => {
  const { migration, findPod } = props;
  const showPod = findPod?.(migration);
  const classes = useStyles();
  const { target } = migration;
  if (!target) return null;
  return (
    <Notice severity="success">
      <AlertTitle>The pod moved to {target.cluster}</AlertTitle>
      <strong>{target.pod}</strong>
      {target.node && ` on node ${target.node}`} carried on where its source was
      saved. The source was stopped last.
      {showPod && (
        <div>
          <Button
            size="small"
            color="inherit"
            className={classes.button}
            onClick={showPod}
          >
            Show the pod
          </Button>
        </div>
      )}
    </Notice>
  );
};

import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice } from '../problem';

const useStyles = makeStyles(theme => ({
  button: { marginTop: theme.spacing(1), marginLeft: theme.spacing(-1) },
}));

export const SuccessPanel = (props: {
  migration: Migration;
  onShowPod(migration: Migration): void;
}) => {
  const { migration, onShowPod } = props;
  const classes = useStyles();
  const { target } = migration;
  return (
    <Notice severity="success">
      <AlertTitle>The pod runs on {target.cluster} now</AlertTitle>
      <strong>{target.pod}</strong>
      {target.node && ` on node ${target.node}`} carried on where its source was
      saved. The source is stopped.
      <div>
        <Button
          size="small"
          color="inherit"
          className={classes.button}
          onClick={() => onShowPod(migration)}
        >
          Show the pod
        </Button>
      </div>
    </Notice>
  );
};

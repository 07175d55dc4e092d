import { alpha, makeStyles } from '@material-ui/core/styles';
import Alert, { AlertProps } from '@material-ui/lab/Alert';

const useStyles = makeStyles(theme => {
  const isDark = theme.palette.type === 'dark';
  // Material UI's own dark alerts are nearly black, which weighs more than what they say.
  const tint = (color: string) =>
    isDark ? { backgroundColor: alpha(color, 0.14) } : {};
  return {
    message: {
      minWidth: 0,
      overflowWrap: 'anywhere',
      ...(isDark && { color: theme.palette.text.primary }),
    },
    success: tint(theme.palette.status.ok),
    info: tint(theme.palette.status.running),
    warning: tint(theme.palette.status.warning),
    error: tint(theme.palette.status.error),
  };
});

/** An alert that sits quietly in both themes and breaks words that are too long. */
export const Notice = ({ className, ...props }: AlertProps) => {
  const classes = useStyles();
  return (
    <Alert
      {...props}
      className={`${classes[props.severity ?? 'success']} ${className ?? ''}`}
      classes={{ message: classes.message }}
    />
  );
};

import { forwardRef, ReactNode } from 'react';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { Refusal } from '../problem';

const useStyles = makeStyles(theme => ({
  text: { maxWidth: 320, whiteSpace: 'normal' },
  refused: { color: theme.palette.error.main },
}));

/** An action in a menu; below it why it cannot be taken, or why it was refused. */
export const ActionItem = forwardRef<
  HTMLLIElement,
  {
    action: {
      run(): Promise<void>;
      isBusy: boolean;
      denial?: string;
      refusal?: Refusal;
    };
    children: ReactNode;
  }
>(({ action, children, ...rest }, ref) => {
  const { run, isBusy, denial, refusal } = action;
  const classes = useStyles();
  return (
    <MenuItem
      {...rest}
      ref={ref}
      button
      dense
      // Not disabled: what cannot be reached by keyboard tells nobody why.
      aria-disabled={Boolean(denial) || isBusy || undefined}
      onClick={() => !denial && !isBusy && run()}
    >
      <ListItemText
        className={classes.text}
        primary={children}
        secondary={denial ?? refusal?.message}
        secondaryTypographyProps={{
          role: refusal && 'alert',
          className: refusal && classes.refused,
        }}
      />
    </MenuItem>
  );
});

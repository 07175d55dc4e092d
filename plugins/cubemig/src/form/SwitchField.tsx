import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: theme.spacing(2),
  },
}));

/** Something that is switched on or off, and what that means. */
export const SwitchField = (props: {
  label: string;
  detail?: string;
  value: boolean;
  isDisabled?: boolean;
  onChange(value: boolean): void;
}) => {
  const { label, detail, value, isDisabled, onChange } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.root}>
      <div>
        <Typography
          variant="body1"
          component="label"
          htmlFor={id}
          color={isDisabled ? 'textSecondary' : 'textPrimary'}
        >
          {label}
        </Typography>
        {detail && (
          <Typography variant="body2" color="textSecondary" id={`${id}-detail`}>
            {detail}
          </Typography>
        )}
      </div>
      <Switch
        id={id}
        color="primary"
        checked={value}
        disabled={isDisabled}
        inputProps={{ 'aria-describedby': detail && `${id}-detail` }}
        onChange={(_, checked) => onChange(checked)}
      />
    </div>
  );
};

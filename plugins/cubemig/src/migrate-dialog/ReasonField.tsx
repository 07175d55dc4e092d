import TextField from '@material-ui/core/TextField';

/** As the API limits it. */
const MAX_LENGTH = 1000;

/** Why the pod is migrated, in the user's words. One line, so that Enter submits. */
export const ReasonField = (props: {
  value: string;
  error?: string;
  isDisabled: boolean;
  isFocused: boolean;
  onChange(value: string): void;
}) => (
  <TextField
    // A dialog has to take the focus: on what is to be filled in first.
    // eslint-disable-next-line jsx-a11y/no-autofocus
    autoFocus={props.isFocused}
    id="migrate-reason"
    label="Reason"
    placeholder="For example: node maintenance"
    variant="outlined"
    size="small"
    value={props.value}
    disabled={props.isDisabled}
    error={Boolean(props.error)}
    helperText={
      props.error ?? 'Optional. Shown in the history and in the audit log.'
    }
    InputLabelProps={{ shrink: true }}
    inputProps={{ maxLength: MAX_LENGTH }}
    onChange={event => props.onChange(event.target.value)}
  />
);

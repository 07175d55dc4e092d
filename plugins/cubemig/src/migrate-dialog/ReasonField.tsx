import TextField from '@material-ui/core/TextField';
import { useWords } from '../translation';

/** As the API limits it. */
const MAX_LENGTH = 1000;

/** Why the pod is migrated, in the user's words. One line, so that Enter submits. */
export const ReasonField = (props: {
  value: string;
  isDisabled: boolean;
  onChange(value: string): void;
}) => {
  const t = useWords();
  return (
    <TextField
      id="migrate-reason"
      label={t('plan.reason')}
      placeholder={t('plan.reasonPlaceholder')}
      variant="outlined"
      size="small"
      value={props.value}
      disabled={props.isDisabled}
      helperText={t('plan.reasonHelp')}
      InputLabelProps={{ shrink: true }}
      inputProps={{ maxLength: MAX_LENGTH }}
      onChange={event => props.onChange(event.target.value)}
    />
  );
};

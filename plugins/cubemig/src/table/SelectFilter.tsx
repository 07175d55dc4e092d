import TextField from '@material-ui/core/TextField';
import { useWords } from '../translation';

/** One of some values, or all of them. A native select: it is at home on phones and with screen readers. */
export const SelectFilter = (props: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; title: string }[];
  /** Without it, one of the options always holds. */
  hasAll?: boolean;
  /** What all of them are called. */
  all?: string;
  onChange(value: string | undefined): void;
}) => {
  const { label, value, options, hasAll = true, onChange } = props;
  const t = useWords();
  const isKnown = !value || options.some(option => option.value === value);
  return (
    <TextField
      select
      size="small"
      variant="outlined"
      label={label}
      value={value ?? ''}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      inputProps={{ 'aria-label': label }}
      onChange={event => onChange(event.target.value || undefined)}
    >
      {hasAll && <option value="">{props.all ?? t('common.all')}</option>}
      {!isKnown && <option value={value}>{value}</option>}
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      ))}
    </TextField>
  );
};

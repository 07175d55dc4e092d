import { useId } from 'react';
import TextField, { OutlinedTextFieldProps } from '@material-ui/core/TextField';

/** A text field whose label belongs to it also for those who do not see it. */
export const WordField = (
  props: Omit<OutlinedTextFieldProps, 'variant' | 'onChange' | 'id'> & {
    onChange(value: string): void;
  },
) => {
  const { onChange, ...field } = props;
  const id = useId();
  return (
    <TextField
      size="small"
      InputLabelProps={{ shrink: true }}
      {...field}
      id={id}
      variant="outlined"
      onChange={event => onChange(event.target.value)}
    />
  );
};

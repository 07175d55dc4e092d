import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useId } from 'react';
import { useWords } from '../translation';

/** Several values: known ones to choose from, or others that are typed and ended by Enter. */
export const ListField = (props: {
  label: string;
  help?: string;
  value: string[];
  options: string[];
  onChange(value: string[]): void;
}) => {
  const { label, help, value, options, onChange } = props;
  const id = useId();
  const t = useWords();
  return (
    <Autocomplete
      id={id}
      multiple
      freeSolo
      autoSelect
      size="small"
      clearText={t('common.clear')}
      options={options}
      value={value}
      onChange={(_, chosen) =>
        onChange([...new Set(chosen.map(text => text.trim()).filter(Boolean))])
      }
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          label={label}
          helperText={help}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
        />
      )}
    />
  );
};

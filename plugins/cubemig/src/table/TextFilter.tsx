import { useEffect, useId, useState } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import useDebounce from 'react-use/esm/useDebounce';

const PAUSE = 300;

/** A search text, passed on as soon as its writer pauses. */
export const TextFilter = (props: {
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
}) => {
  const { label, value = '', onChange } = props;
  const id = useId();
  const [text, setText] = useState(value);
  // The URL may be changed by others, for example by the button that clears all filters.
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text !== value) onChange(text || undefined);
    },
    PAUSE,
    [text],
  );
  return (
    <TextField
      id={id}
      type="search"
      size="small"
      variant="outlined"
      label={label}
      value={text}
      InputLabelProps={{ shrink: true }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" aria-hidden />
          </InputAdornment>
        ),
      }}
      style={{ flex: '1 1 180px', maxWidth: 360 }}
      inputProps={{ maxLength: 200 }}
      onChange={event => setText(event.target.value)}
    />
  );
};

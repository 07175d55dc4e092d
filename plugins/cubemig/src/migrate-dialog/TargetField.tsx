import TextField from '@material-ui/core/TextField';
import { Cluster } from '@cubemig/plugin-cubemig-common';

/** The cluster to migrate to. A native select: it is at home on phones and with screen readers. */
export const TargetField = (props: {
  /** The chosen cluster's name, empty as long as there is none. */
  value: string;
  targets: Cluster[];
  /** Clusters that cannot be chosen now. */
  excluded: Cluster[];
  error?: string;
  isDisabled: boolean;
  isFocused: boolean;
  onChange(name: string): void;
}) => {
  const { value, targets, excluded, error } = props;
  return (
    <TextField
      select
      required
      // A dialog has to take the focus: on what is to be filled in first.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={props.isFocused}
      id="migrate-target"
      label="Target cluster"
      variant="outlined"
      size="small"
      value={value}
      disabled={props.isDisabled}
      error={Boolean(error)}
      helperText={
        error ??
        (excluded.length > 0 &&
          `Not available now: ${excluded
            .map(({ name, title }) => title ?? name)
            .join(', ')}`)
      }
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      onChange={event => props.onChange(event.target.value)}
    >
      {!value && <option value="">Choose a cluster</option>}
      {targets.map(({ name, title, version }) => (
        <option key={name} value={name}>
          {title ?? name}
          {version && ` (Kubernetes ${version})`}
        </option>
      ))}
    </TextField>
  );
};

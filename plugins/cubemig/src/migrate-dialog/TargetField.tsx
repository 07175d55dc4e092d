import TextField from '@material-ui/core/TextField';
import { Cluster } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';

/** The cluster to migrate to. A native select: it is at home on phones and with screen readers. */
export const TargetField = (props: {
  /** The chosen cluster's name, empty as long as there is none. */
  value: string;
  targets: Cluster[];
  /** Clusters that cannot be chosen now. */
  excluded: Cluster[];
  error?: string;
  onChange(name: string): void;
}) => {
  const { value, targets, excluded, error } = props;
  const t = useWords();
  const absent = excluded.map(({ name, title }) => title ?? name).join(', ');
  return (
    <TextField
      select
      required
      id="migrate-target"
      label={t('plan.target')}
      variant="outlined"
      size="small"
      value={value}
      error={Boolean(error)}
      helperText={
        error ?? (absent && t('plan.notAvailable', { clusters: absent }))
      }
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      onChange={event => props.onChange(event.target.value)}
    >
      {!value && <option value="">{t('plan.chooseTarget')}</option>}
      {targets.map(({ name, title, version }) => (
        <option key={name} value={name}>
          {title ?? name}
          {version && ` (Kubernetes ${version})`}
        </option>
      ))}
    </TextField>
  );
};

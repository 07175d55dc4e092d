import Chip from '@material-ui/core/Chip';
import { useWords } from '../translation';
import { AlertFields } from './alertFields';

/** Filters that were chosen by a click on the page, each with a way to take it back. */
export const ChosenFilters = (props: {
  fields: AlertFields;
  onChange(changes: AlertFields): void;
}) => {
  const { fields, onChange } = props;
  const t = useWords();
  const { rule, workload, namespace, entityRef, since, until } = fields;
  const chips = [
    rule && { label: rule, taken: { rule: undefined } },
    (workload || namespace) && {
      label: [namespace, workload].filter(Boolean).join('/'),
      taken: { namespace: undefined, workload: undefined },
    },
    entityRef && { label: entityRef, taken: { entityRef: undefined } },
    since && {
      label: t('alerts.between', {
        from: new Date(since).toLocaleString(),
        until: until ? new Date(until).toLocaleString() : '…',
      }),
      taken: { since: undefined, until: undefined },
    },
  ];
  return (
    <>
      {chips.map(
        chip =>
          chip && (
            <Chip
              key={chip.label}
              size="small"
              style={{ margin: 0 }}
              label={chip.label}
              onDelete={() => onChange(chip.taken)}
            />
          ),
      )}
    </>
  );
};

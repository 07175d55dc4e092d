import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import {
  alertHandlings,
  alertKinds,
  alertStatuses,
  priorities,
} from '@cubemig/plugin-cubemig-common';
import { useClusters } from '../clusters';
import { FilterBar, SelectFilter, TextFilter } from '../table';
import { useWords } from '../translation';
import { AlertFields, filterNames, rangeNames, rangeOf } from './alertFields';
import { ChosenFilters } from './ChosenFilters';

const useStyles = makeStyles(theme => ({
  root: { border: `1px solid ${theme.palette.divider}` },
}));

/** The dashboard's filters; all of it shows what they let through. */
export const AlertFilters = (props: {
  fields: AlertFields;
  onChange(changes: AlertFields): void;
}) => {
  const { fields, onChange } = props;
  const classes = useStyles();
  const t = useWords();
  const clusters = useClusters();
  const isFiltered = filterNames.some(name => name !== 'range' && fields[name]);
  return (
    <Paper elevation={0} className={classes.root}>
      <FilterBar
        label={t('alerts.filters')}
        onClear={
          isFiltered
            ? () =>
                onChange(
                  Object.fromEntries(
                    filterNames.map(name => [
                      name,
                      name === 'range' ? fields.range : undefined,
                    ]),
                  ),
                )
            : undefined
        }
      >
        <SelectFilter
          label={t('alerts.range')}
          value={rangeOf(fields)}
          hasAll={false}
          options={rangeNames.map(value => ({
            value,
            title: t(`alerts.ranges.${value}`),
          }))}
          onChange={range =>
            onChange({ range, since: undefined, until: undefined })
          }
        />
        <SelectFilter
          label={t('alerts.priority')}
          value={fields.priority}
          options={priorities.map(value => ({
            value,
            title: t(`alerts.priorities.${value}`),
          }))}
          onChange={priority => onChange({ priority })}
        />
        <SelectFilter
          label={t('common.cluster')}
          value={fields.cluster}
          options={clusters.options}
          onChange={cluster => onChange({ cluster })}
        />
        <SelectFilter
          label={t('common.status')}
          value={fields.status}
          options={alertStatuses.map(value => ({
            value,
            title: t(`alerts.statuses.${value}`),
          }))}
          onChange={status => onChange({ status })}
        />
        <SelectFilter
          label={t('alerts.handling')}
          value={fields.handling}
          options={(['none', ...alertHandlings] as const).map(value => ({
            value,
            title: t(`alerts.handlings.${value}`),
          }))}
          onChange={handling => onChange({ handling })}
        />
        <SelectFilter
          label={t('alerts.kind')}
          value={fields.kind ?? 'alert'}
          hasAll={false}
          options={alertKinds.map(value => ({
            value,
            title: t(`alerts.kinds.${value}`),
          }))}
          onChange={kind =>
            onChange({ kind: kind === 'alert' ? undefined : kind })
          }
        />
        <TextFilter
          label={t('alerts.text')}
          value={fields.text}
          onChange={text => onChange({ text })}
        />
        <ChosenFilters fields={fields} onChange={onChange} />
      </FilterBar>
    </Paper>
  );
};

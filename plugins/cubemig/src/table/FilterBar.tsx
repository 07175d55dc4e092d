import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    // Two beside each other on phones.
    [theme.breakpoints.down('xs')]: { '& > *': { flex: '1 1 40%' } },
  },
}));

/** A list's filters in a row. */
export const FilterBar = (props: {
  label: string;
  children: ReactNode;
  /** Absent while nothing is filtered. */
  onClear?(): void;
}) => {
  const t = useWords();
  return (
    <div role="search" aria-label={props.label} className={useStyles().root}>
      {props.children}
      {props.onClear && (
        <Button size="small" onClick={props.onClear}>
          {t('common.clearFilters')}
        </Button>
      )}
    </div>
  );
};

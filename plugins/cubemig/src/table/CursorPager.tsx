import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  total: { marginRight: 'auto', fontVariantNumeric: 'tabular-nums' },
}));

/** Leads through a list whose pages name the next one; back is the browser's own way back. */
export const CursorPager = (props: {
  total?: number;
  cursor?: string;
  nextCursor?: string;
  onMove(cursor: string | undefined): void;
}) => {
  const { total, cursor, nextCursor, onMove } = props;
  const classes = useStyles();
  const t = useWords();
  return (
    <nav className={classes.root}>
      <span className={classes.total}>
        {total !== undefined &&
          t('common.total', { amount: total.toLocaleString() })}
      </span>
      {cursor && (
        <Button size="small" onClick={() => onMove(undefined)}>
          {t('common.first')}
        </Button>
      )}
      {nextCursor && (
        <Button size="small" onClick={() => onMove(nextCursor)}>
          {t('common.next')}
        </Button>
      )}
    </nav>
  );
};

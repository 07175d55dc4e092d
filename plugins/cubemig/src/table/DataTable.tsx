import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import useMeasure from 'react-use/esm/useMeasure';

/** A column; the first one names its row. */
export interface Column<T> {
  id: string;
  title: string;
  render(item: T): ReactNode;
  isNumber?: boolean;
  /** Stays a column of its own where others are folded, for example a row's actions. */
  isKept?: boolean;
  /** The field by which the API sorts, if it can. */
  sort?: string;
}

/** By what a table is sorted, as the URL says. */
export interface Sorting {
  by: string;
  order: 'asc' | 'desc';
  onSort(by: string, order: 'asc' | 'desc'): void;
}

const useStyles = makeStyles(theme => ({
  root: { overflowX: 'auto' },
  table: {
    '& th, & td': { padding: theme.spacing(1) },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
    '& tbody tr:last-child td': { borderBottom: 'none' },
    // Subtle rather than secondary: every other row has Backstage's grey for its ground, on which that is too pale.
    '& th': { whiteSpace: 'nowrap', color: theme.palette.textSubtle },
    // Backstage's cells have a line height of 1, and its rows look as if a click did something.
    '& td': { overflowWrap: 'anywhere', lineHeight: 1.43 },
    '& tbody tr': { cursor: 'auto' },
  },
  old: { opacity: 0.55 },
  number: {
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  whole: { whiteSpace: 'nowrap' },
  lesser: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    lineHeight: 1.6,
    fontSize: '0.8125rem',
    color: theme.palette.textSubtle,
    '& > span': {
      display: 'inline-flex',
      alignItems: 'center',
      columnGap: theme.spacing(0.5),
    },
  },
}));

/** A table that folds its columns under the first one where there is no room beside it. */
export function DataTable<T>(props: {
  label: string;
  items: T[];
  keyOf(item: T): string;
  columns: Column<T>[];
  sorting?: Sorting;
  /** In pixels. */
  foldBelow?: number;
  /** What is shown is about to be replaced. */
  isOld?: boolean;
}) {
  const { items, columns, sorting, foldBelow = 760 } = props;
  const classes = useStyles();
  const [measured, { width }] = useMeasure<HTMLDivElement>();
  const isFolded = width > 0 && width < foldBelow;
  const [first, ...others] = columns;
  const shown = isFolded ? [first, ...others.filter(c => c.isKept)] : columns;
  const folded = isFolded ? others.filter(c => !c.isKept) : [];

  const titleOf = ({ title, sort }: Column<T>) => {
    if (!sort || !sorting) return title;
    const isSorted = sorting.by === sort;
    const isDescending = isSorted && sorting.order === 'desc';
    return (
      <TableSortLabel
        active={isSorted}
        direction={isSorted ? sorting.order : 'desc'}
        onClick={() => sorting.onSort(sort, isDescending ? 'asc' : 'desc')}
      >
        {title}
      </TableSortLabel>
    );
  };

  return (
    <div
      ref={measured}
      className={`${classes.root} ${props.isOld ? classes.old : ''}`}
      aria-busy={props.isOld}
    >
      <Table size="small" className={classes.table} aria-label={props.label}>
        <TableHead>
          <TableRow>
            {shown.map(column => (
              <TableCell
                key={column.id}
                // The arrow of a sorted column of numbers stands before its title.
                align={column.isNumber ? 'right' : undefined}
                sortDirection={
                  sorting && column.sort === sorting.by ? sorting.order : false
                }
              >
                {titleOf(column)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={props.keyOf(item)} hover>
              {shown.map(column => (
                <TableCell
                  key={column.id}
                  className={column.isNumber ? classes.number : undefined}
                >
                  {column.render(item)}
                  {column === first && folded.length > 0 && (
                    <div className={classes.lesser}>
                      {folded.map(lesser => (
                        <span key={lesser.id}>
                          {lesser.isNumber && <span>{lesser.title}</span>}
                          <span
                            className={lesser.isNumber ? classes.whole : ''}
                          >
                            {lesser.render(item)}
                          </span>
                        </span>
                      ))}
                    </div>
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

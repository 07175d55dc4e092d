import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { useSearchParams } from 'react-router-dom';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import {
  describeDuration,
  MigrationStatusLabel,
  Route,
  sizeOf,
  UserName,
} from '../migration';
import { RowMenu } from '../migration-actions';
import { RelativeTime } from '../time';

const useStyles = makeStyles(theme => ({
  row: {
    cursor: 'pointer',
    '&.Mui-selected': {
      boxShadow: `inset 4px 0 0 ${theme.palette.primary.main}`,
    },
  },
  pod: { overflowWrap: 'anywhere', fontWeight: 500 },
  lesser: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    lineHeight: 1.5,
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  number: {
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  short: { whiteSpace: 'nowrap' },
}));

export const HistoryRow = (props: {
  migration: Migration;
  isFolded: boolean;
  isSelected: boolean;
  onSelect(id: string): void;
}) => {
  const { migration, isFolded, isSelected, onSelect } = props;
  const classes = useStyles();
  const [search] = useSearchParams();
  const { source, target } = migration;
  const duration = describeDuration(migration);
  const bytes = sizeOf(migration).layers;
  const size = bytes > 0 ? formatBytes(bytes) : undefined;
  const route = <Route from={source.cluster} to={target?.cluster} />;
  const user = <UserName entityRef={migration.createdBy} />;
  const started = <RelativeTime moment={migration.createdAt} />;
  return (
    <TableRow
      hover
      className={classes.row}
      selected={isSelected}
      onClick={event => {
        // Links and buttons within the row do what they say; what a menu shows lies elsewhere in the page.
        const clicked = event.target as Element;
        const isOwn = event.currentTarget.contains(clicked);
        if (isOwn && !clicked.closest('a, button')) onSelect(migration.id);
      }}
    >
      <TableCell>
        <MigrationStatusLabel status={migration.status} />
      </TableCell>
      <TableCell>
        <Link
          to={`?${withMigration(search, migration.id)}`}
          className={classes.pod}
        >
          {source.pod}
        </Link>
        {isFolded && (
          <div className={classes.lesser}>
            {route}
            <span>{started}</span>
            {duration && <span>{duration}</span>}
            {size && <span>{size}</span>}
            <span>{user}</span>
          </div>
        )}
      </TableCell>
      {!isFolded && (
        <>
          <TableCell>{route}</TableCell>
          <TableCell>{user}</TableCell>
          <TableCell className={classes.short}>{started}</TableCell>
          <TableCell className={classes.number}>{duration ?? '–'}</TableCell>
          <TableCell className={classes.number}>{size ?? '–'}</TableCell>
        </>
      )}
      <TableCell padding="none">
        <RowMenu migration={migration} />
      </TableCell>
    </TableRow>
  );
};

function withMigration(search: URLSearchParams, id: string): string {
  const changed = new URLSearchParams(search);
  changed.set('migration', id);
  return changed.toString();
}

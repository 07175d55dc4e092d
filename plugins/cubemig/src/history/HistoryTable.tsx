import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { HistoryRow } from './HistoryRow';

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { padding: theme.spacing(1) },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
    '& tbody tr:last-child td': { borderBottom: 'none' },
    '& th': { whiteSpace: 'nowrap', color: theme.palette.text.secondary },
  },
  number: { textAlign: 'right' },
}));

export const HistoryTable = (props: {
  migrations: Migration[];
  /** Fold who, when and figures under the pod's name: for narrow places. */
  isFolded: boolean;
  selected?: string;
  onSelect(id: string): void;
}) => {
  const { migrations, isFolded, selected, onSelect } = props;
  const classes = useStyles();
  return (
    <Table size="small" className={classes.table} aria-label="History">
      <TableHead>
        <TableRow>
          <TableCell>Status</TableCell>
          <TableCell>Pod</TableCell>
          {!isFolded && (
            <>
              <TableCell>Clusters</TableCell>
              <TableCell>By</TableCell>
              <TableCell>Started</TableCell>
              <TableCell className={classes.number}>Duration</TableCell>
              <TableCell className={classes.number}>Size</TableCell>
            </>
          )}
        </TableRow>
      </TableHead>
      <TableBody>
        {migrations.map(migration => (
          <HistoryRow
            key={migration.id}
            migration={migration}
            isFolded={isFolded}
            isSelected={migration.id === selected}
            onSelect={onSelect}
          />
        ))}
      </TableBody>
    </Table>
  );
};

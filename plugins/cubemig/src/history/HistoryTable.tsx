import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Spoken } from '../spoken';
import { useWords } from '../translation';
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
  const t = useWords();
  return (
    <Table size="small" className={classes.table} aria-label={t('tab.history')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('common.status')}</TableCell>
          <TableCell>{t('migration.pod')}</TableCell>
          {!isFolded && (
            <>
              <TableCell>{t('clusters.title')}</TableCell>
              <TableCell>{t('migration.by')}</TableCell>
              <TableCell>{t('migration.started')}</TableCell>
              <TableCell className={classes.number}>
                {t('migration.duration')}
              </TableCell>
              <TableCell className={classes.number}>
                {t('migration.size')}
              </TableCell>
            </>
          )}
          <TableCell>
            <Spoken>{t('migration.actions')}</Spoken>
          </TableCell>
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

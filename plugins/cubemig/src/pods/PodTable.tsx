import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { Spoken } from '../spoken';
import { useWords } from '../translation';
import { PodLayout } from './layout';
import { PodRow } from './PodRow';

export interface PodTableProps {
  pods: Pod[];
  layout: PodLayout;
  activeMigrations: Migration[];
  denial?: string;
  onMigrate(pod: Pod): void;
  onFollow(migration: Migration): void;
}

const useStyles = makeStyles(theme => ({
  table: {
    tableLayout: 'auto',
    '& th, & td': {
      padding: theme.spacing(1, 1),
      verticalAlign: 'middle',
    },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
    '& tbody tr:last-child td': { borderBottom: 'none' },
    '& th': { whiteSpace: 'nowrap', color: theme.palette.text.secondary },
  },
  number: { textAlign: 'right' },
  action: { width: 1, textAlign: 'right' },
}));

export const PodTable = ({ pods, layout, ...row }: PodTableProps) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <Table size="small" className={classes.table}>
      <TableHead>
        <TableRow>
          <TableCell>{t('pods.pod')}</TableCell>
          {layout !== 'narrow' && <TableCell>{t('pods.status')}</TableCell>}
          {layout === 'wide' && (
            <>
              <TableCell>{t('pods.ready')}</TableCell>
              <TableCell className={classes.number}>
                {t('pods.restarts')}
              </TableCell>
              <TableCell className={classes.number}>{t('pods.age')}</TableCell>
              <TableCell>{t('pods.node')}</TableCell>
            </>
          )}
          <TableCell className={classes.action}>
            <Spoken>{t('pods.action')}</Spoken>
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {pods.map(pod => (
          <PodRow key={pod.uid} pod={pod} layout={layout} {...row} />
        ))}
      </TableBody>
    </Table>
  );
};

import { useState } from 'react';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import TablePagination from '@material-ui/core/TablePagination';
import { Connection, Report } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { DataTable } from '../../table';
import { useWords } from '../../translation';
import { SocketGraph } from './SocketGraph';

const PAGE = 50;

const useStyles = makeStyles(theme => ({
  bar: { padding: theme.spacing(0.5, 2) },
}));

/** What was open towards the network, as a graph and as a table. */
export const Sockets = ({ report }: { report: Report }) => {
  const classes = useStyles();
  const t = useWords();
  const [hasUnix, setUnix] = useState(false);
  const [page, setPage] = useState(0);
  const commands = new Map(
    report.processes.map(({ pid, command }) => [pid, command]),
  );
  const shown = report.connections.filter(
    ({ family }) => hasUnix || !isUnix(family),
  );
  return (
    <>
      <SocketGraph
        connections={report.connections}
        nameOf={pid => `${commands.get(pid) ?? ''} (${pid})`}
      />
      {report.connections.some(({ family }) => isUnix(family)) && (
        <div className={classes.bar}>
          <FormControlLabel
            control={
              <Switch
                size="small"
                color="primary"
                checked={hasUnix}
                onChange={(_, checked) => {
                  setUnix(checked);
                  setPage(0);
                }}
              />
            }
            label={t('forensics.unixSockets')}
          />
        </div>
      )}
      {shown.length === 0 && <EmptyNote title={t('forensics.noSockets')} />}
      {shown.length > 0 && (
        <DataTable<Connection>
          label={t('forensics.parts.sockets')}
          items={shown.slice(page * PAGE, (page + 1) * PAGE)}
          keyOf={({ pid, fd, inode }) => `${pid}/${fd}/${inode}`}
          columns={[
            {
              id: 'process',
              title: t('forensics.process'),
              render: ({ pid }) => `${commands.get(pid) ?? ''} (${pid})`,
            },
            {
              id: 'protocol',
              title: t('forensics.protocol'),
              render: ({ protocol }) => protocol,
            },
            {
              id: 'state',
              title: t('forensics.socketState'),
              render: ({ state }) => state,
            },
            {
              id: 'local',
              title: t('forensics.local'),
              render: ({ local, path }) => path ?? formatEndpoint(local),
            },
            {
              id: 'remote',
              title: t('forensics.remote'),
              render: ({ remote }) => formatEndpoint(remote),
            },
          ]}
        />
      )}
      {shown.length > PAGE && (
        <TablePagination
          component="div"
          count={shown.length}
          page={page}
          rowsPerPage={PAGE}
          rowsPerPageOptions={[PAGE]}
          onPageChange={(_, to) => setPage(to)}
        />
      )}
    </>
  );
};

function isUnix(family: string): boolean {
  return /unix/i.test(family);
}

function formatEndpoint(endpoint: Connection['remote']): string {
  if (!endpoint) return '–';
  const { address, port } = endpoint;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import { Connection, Report } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { DataTable, usePages } from '../../table';
import { useWords } from '../../translation';
import { useUrlFields } from '../../url';
import { SocketGraph } from './SocketGraph';

const PAGE = 50;

const useStyles = makeStyles(theme => ({
  bar: { padding: theme.spacing(0.5, 2) },
}));

/** What was open towards the network, as a graph and as a table. */
export const Sockets = ({ report }: { report: Report }) => {
  const classes = useStyles();
  const t = useWords();
  const [{ unix }, setFields] = useUrlFields(['unix']);
  const commands = new Map(
    report.processes.map(({ pid, command }) => [pid, command]),
  );
  const { shown, pager } = usePages(
    report.connections.filter(({ family }) => unix || !isUnix(family)),
    PAGE,
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
                checked={Boolean(unix)}
                onChange={(_, checked) =>
                  setFields({ unix: checked ? 'true' : undefined })
                }
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
          items={shown}
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
      {pager}
    </>
  );
};

function isUnix(family: string): boolean {
  return /unix/i.test(family);
}

function formatEndpoint(endpoint: Connection['remote']): string {
  // A socket that listens has no other end.
  if (!endpoint?.port) return '–';
  const { address, port } = endpoint;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

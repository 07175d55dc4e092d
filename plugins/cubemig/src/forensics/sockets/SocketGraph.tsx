import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Connection } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../../translation';
import { socketLinks } from './socketLinks';

const LIMIT = 12;
const ROW = 28;
const WIDTH = 640;
const COLUMN = 230;

const useStyles = makeStyles(theme => ({
  root: {
    margin: 0,
    padding: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    overflowX: 'auto',
  },
  title: { fontSize: '0.875rem', fontWeight: 600 },
  graph: { display: 'block', maxWidth: WIDTH, width: '100%', minWidth: 420 },
  text: { fill: theme.palette.text.primary, fontSize: 12 },
  node: {
    fill: theme.palette.background.default,
    stroke: theme.palette.divider,
  },
  remote: {
    fill: theme.palette.background.default,
    stroke: theme.palette.status.warning,
  },
  link: {
    fill: 'none',
    stroke: theme.palette.status.running,
    strokeOpacity: 0.7,
  },
}));

/** Processes that talk to others, and whom they talk to. Nothing at all if nobody does. */
export const SocketGraph = (props: {
  connections: Connection[];
  nameOf(pid: number): string;
}) => {
  const classes = useStyles();
  const t = useWords();
  const { processes, remotes, links } = socketLinks(props.connections, LIMIT);
  if (links.length === 0) return null;
  const height = ROW * Math.max(processes.length, remotes.length);
  const middle = (index: number, count: number) =>
    (height / count) * (index + 0.5);
  const box = (x: number, y: number, name: string, className: string) => (
    <g key={name}>
      <rect
        x={x}
        y={y - 11}
        width={COLUMN}
        height={22}
        rx={4}
        className={className}
      />
      <text x={x + 8} y={y + 4} className={classes.text}>
        {shorten(name)}
        <title>{name}</title>
      </text>
    </g>
  );
  return (
    <figure className={classes.root}>
      <Typography variant="h3" component="figcaption" className={classes.title}>
        {t('forensics.socketGraph')}
      </Typography>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        className={classes.graph}
        role="img"
        aria-label={t('forensics.socketGraphLabel', {
          processes: String(processes.length),
          remotes: String(remotes.length),
        })}
      >
        {links.map(({ process, remote, connections }) => {
          const from = middle(process, processes.length);
          const to = middle(remote, remotes.length);
          return (
            <path
              key={`${process}/${remote}`}
              className={classes.link}
              strokeWidth={Math.min(6, 1 + Math.log2(connections))}
              d={`M${COLUMN} ${from} C${WIDTH / 2} ${from}, ${
                WIDTH / 2
              } ${to}, ${WIDTH - COLUMN} ${to}`}
            />
          );
        })}
        {processes.map((pid, i) =>
          box(0, middle(i, processes.length), props.nameOf(pid), classes.node),
        )}
        {remotes.map((name, i) =>
          box(WIDTH - COLUMN, middle(i, remotes.length), name, classes.remote),
        )}
      </svg>
    </figure>
  );
};

function shorten(name: string): string {
  return name.length > 32 ? `${name.slice(0, 31)}…` : name;
}

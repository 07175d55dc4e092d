import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import { Pod } from '@cubemig/plugin-cubemig-common';
import { Age } from '../time';
import { useWords, Words } from '../translation';
import { anchorOf } from './anchor';
import { PodAction } from './PodAction';
import { PodStatus } from './PodStatus';
import { PodTableProps } from './PodTable';

const useStyles = makeStyles(theme => ({
  // A link to the row (its place after a migration) lights it up once.
  row: {
    '&:target, &:focus': {
      outline: 'none',
      animation: '$arrive 3s ease-out',
    },
  },
  '@keyframes arrive': {
    '0%, 60%': {
      backgroundColor: theme.palette.action.hover,
      boxShadow: `inset 4px 0 0 ${theme.palette.status.ok}`,
    },
  },
  name: {
    fontWeight: 500,
    overflowWrap: 'anywhere',
    lineHeight: 1.35,
  },
  lesser: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(0.75),
    '& > span:not(:last-child)::after': {
      content: '"·"',
      marginLeft: theme.spacing(0.75),
    },
    fontSize: '0.8125rem',
    lineHeight: 1.5,
    color: theme.palette.text.secondary,
  },
  chip: { margin: theme.spacing(0.5, 0, 0), height: 20, fontSize: '0.75rem' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  short: { whiteSpace: 'nowrap' },
  node: { overflowWrap: 'anywhere', minWidth: 72 },
  action: { width: 1, textAlign: 'right', whiteSpace: 'nowrap' },
}));

export const PodRow = (props: { pod: Pod } & Omit<PodTableProps, 'pods'>) => {
  const { pod, layout, ...action } = props;
  const classes = useStyles();
  const t = useWords();
  return (
    <TableRow id={anchorOf(pod)} tabIndex={-1} className={classes.row}>
      <TableCell>
        <div className={classes.name}>{pod.name}</div>
        <div className={classes.lesser}>
          <span>{describeOwner(pod, t)}</span>
          {layout !== 'wide' && (
            <>
              {pod.node && <span>{pod.node}</span>}
              <span>
                <Age since={pod.createdAt} /> {t('pods.old')}
              </span>
              {pod.restarts > 0 && (
                <span>{t('pods.restartCount', { count: pod.restarts })}</span>
              )}
              {!pod.ready && <span>{t('pods.notReady')}</span>}
            </>
          )}
        </div>
        {layout === 'narrow' && (
          <div>
            <PodStatus pod={pod} />
          </div>
        )}
        {pod.restoredBy && (
          <Tooltip title={t('pods.fromDetail')}>
            <Chip
              size="small"
              variant="outlined"
              className={classes.chip}
              label={t('pods.from', { cluster: pod.restoredBy.sourceCluster })}
            />
          </Tooltip>
        )}
      </TableCell>
      {layout !== 'narrow' && (
        <TableCell>
          <PodStatus pod={pod} />
        </TableCell>
      )}
      {layout === 'wide' && (
        <>
          <TableCell>{t(pod.ready ? 'pods.yes' : 'pods.no')}</TableCell>
          <TableCell className={classes.number}>{pod.restarts}</TableCell>
          <TableCell className={`${classes.number} ${classes.short}`}>
            <Age since={pod.createdAt} />
          </TableCell>
          <TableCell className={classes.node}>{pod.node ?? '–'}</TableCell>
        </>
      )}
      <TableCell className={classes.action}>
        <PodAction pod={pod} {...action} />
      </TableCell>
    </TableRow>
  );
};

function describeOwner({ owner, namespace }: Pod, t: Words) {
  return owner
    ? t('pods.ownedBy', { ...owner, namespace })
    : t('pods.bare', { namespace });
}

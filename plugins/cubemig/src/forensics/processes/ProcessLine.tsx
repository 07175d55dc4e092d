import { makeStyles } from '@material-ui/core/styles';
import { formatBytes } from '../../figures';
import { useWords } from '../../translation';
import { SeverityChip } from '../findings';
import { ProcessBranch } from './processForest';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0, padding: theme.spacing(0.25, 0) },
  command: {
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
    overflowWrap: 'anywhere',
  },
  name: { fontWeight: 700 },
  lesser: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
  deleted: { color: theme.palette.error.main },
  findings: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    fontSize: '0.8125rem',
    padding: theme.spacing(0.25, 0),
  },
}));

/** One process: its command line, its figures, what was found on it. */
export const ProcessLine = ({ branch }: { branch: ProcessBranch }) => {
  const { process, findings } = branch;
  const classes = useStyles();
  const t = useWords();
  const line = process.title ?? process.argv.join(' ');
  return (
    <div className={classes.root}>
      <div className={classes.command}>
        <span className={classes.name}>{process.command}</span>{' '}
        {line !== process.command && line}
      </div>
      <div className={classes.lesser}>
        <span>
          {t('forensics.pid')} {process.pid}
        </span>
        {process.uid !== undefined && (
          <span>
            {t('forensics.user')} {process.uid}
          </span>
        )}
        <span>{formatBytes(process.memory_size)}</span>
        {process.state !== 'Alive' && <span>{process.state}</span>}
        {process.exe && process.exe !== process.argv[0] && (
          <span>{process.exe}</span>
        )}
        {process.exe_deleted && (
          <span className={classes.deleted}>
            {t('forensics.deletedExecutable')}
          </span>
        )}
      </div>
      {findings.map((finding, index) => (
        <div
          // One detector may find several things.
          // eslint-disable-next-line react/no-array-index-key
          key={`${finding.id}/${index}`}
          className={classes.findings}
        >
          <SeverityChip severity={finding.severity} />
          {finding.title}
        </div>
      ))}
    </div>
  );
};

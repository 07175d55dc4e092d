import { useState } from 'react';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import RightIcon from '@material-ui/icons/ChevronRight';
import { useWords } from '../../translation';
import { ProcessBranch } from './processForest';
import { ProcessLine } from './ProcessLine';

/** So many of one process's children are shown at a time: ten thousand would stop the browser. */
export const PAGE = 100;

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    '& &': {
      marginLeft: 13,
      paddingLeft: theme.spacing(1),
      borderLeft: `1px solid ${theme.palette.divider}`,
    },
  },
  line: { display: 'flex', alignItems: 'flex-start' },
  toggle: { padding: 3, marginRight: theme.spacing(0.5) },
  space: { width: 26, marginRight: theme.spacing(0.5), flexShrink: 0 },
}));

/** Processes with a common parent, each with those that it started. */
export const ProcessBranches = (props: {
  branches: ProcessBranch[];
  /** Processes whose children are shown from the start. */
  open: ReadonlySet<number>;
}) => {
  const { branches, open } = props;
  const classes = useStyles();
  const t = useWords();
  const [count, setCount] = useState(PAGE);
  const rest = branches.length - count;
  return (
    <ul className={classes.list}>
      {branches.slice(0, count).map(branch => (
        <Branch key={branch.process.pid} branch={branch} open={open} />
      ))}
      {rest > 0 && (
        <li>
          <Button size="small" onClick={() => setCount(count + PAGE)}>
            {t('forensics.more', { number: String(Math.min(PAGE, rest)) })}
          </Button>
        </li>
      )}
    </ul>
  );
};

function Branch(props: { branch: ProcessBranch; open: ReadonlySet<number> }) {
  const { branch, open } = props;
  const classes = useStyles();
  const t = useWords();
  const [isOpen, setOpen] = useState(open.has(branch.process.pid));
  const name = `${branch.process.command} (${branch.process.pid})`;
  return (
    <li>
      <div className={classes.line}>
        {branch.children.length > 0 ? (
          <IconButton
            size="small"
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'forensics.collapse' : 'forensics.expand', {
              process: name,
            })}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? (
              <ExpandMoreIcon fontSize="small" />
            ) : (
              <RightIcon fontSize="small" />
            )}
          </IconButton>
        ) : (
          <span className={classes.space} />
        )}
        <ProcessLine branch={branch} />
      </div>
      {isOpen && branch.children.length > 0 && (
        <ProcessBranches branches={branch.children} open={open} />
      )}
    </li>
  );
}

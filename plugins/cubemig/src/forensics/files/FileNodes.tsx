import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ReportKey } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../../translation';
import { FileLine } from './FileLine';
import { FileNode } from './fileTree';

/** So many of one folder's entries are shown at a time. */
const PAGE = 200;

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    '& &': { paddingLeft: theme.spacing(2.5) },
  },
  summary: {
    cursor: 'pointer',
    padding: theme.spacing(0.25, 0),
    overflowWrap: 'anywhere',
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
  },
  count: { color: theme.palette.text.secondary },
}));

/** The entries of one folder. */
export const FileNodes = (props: {
  nodes: FileNode[];
  of: ReportKey;
  isOpen: boolean;
}) => {
  const { nodes, of, isOpen } = props;
  const classes = useStyles();
  const t = useWords();
  const [count, setCount] = useState(PAGE);
  const rest = nodes.length - count;
  return (
    <ul className={classes.list}>
      {nodes.slice(0, count).map(node => (
        <li key={node.path}>
          {node.children.length > 0 ? (
            <Folder node={node} of={of} isOpen={isOpen} />
          ) : (
            <FileLine node={node} of={of} />
          )}
        </li>
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

function Folder(props: { node: FileNode; of: ReportKey; isOpen: boolean }) {
  const { node, of } = props;
  const classes = useStyles();
  const [isOpen, setOpen] = useState(props.isOpen);
  return (
    <details
      open={isOpen}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        {node.name}/ <span className={classes.count}>{node.count}</span>
      </summary>
      {isOpen && (
        <FileNodes nodes={node.children} of={of} isOpen={props.isOpen} />
      )}
    </details>
  );
}

import { useDeferredValue, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Finding, Process } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { FilterBar } from '../../table';
import { useWords } from '../../translation';
import TextField from '@material-ui/core/TextField';
import { SoughtProcesses } from './SoughtProcesses';

/** Up to so many, all are shown at once. */
const FEW = 60;

const useStyles = makeStyles(theme => ({
  tree: { padding: theme.spacing(1, 2, 2), overflowX: 'auto' },
}));

/** Who started whom, with the findings at their processes. */
export const ProcessTree = (props: {
  processes: Process[];
  findings: Finding[];
}) => {
  const { processes, findings } = props;
  const classes = useStyles();
  const t = useWords();
  const fieldId = useId();
  const [text, setText] = useState('');
  const [isUnfolded, setUnfolded] = useState(processes.length <= FEW);
  // The field answers each key at once, the tree of thousands as soon as it can.
  const sought = useDeferredValue(text).trim().toLowerCase();

  if (processes.length === 0) {
    return <EmptyNote title={t('forensics.noProcesses')} />;
  }
  return (
    <>
      <FilterBar label={t('forensics.filterProcesses')}>
        <TextField
          id={fieldId}
          type="search"
          size="small"
          variant="outlined"
          label={t('forensics.filterProcesses')}
          value={text}
          InputLabelProps={{ shrink: true }}
          onChange={event => setText(event.target.value)}
        />
        <Button size="small" onClick={() => setUnfolded(!isUnfolded)}>
          {t(isUnfolded ? 'forensics.collapseAll' : 'forensics.expandAll')}
        </Button>
      </FilterBar>
      <div className={classes.tree}>
        <SoughtProcesses
          processes={processes}
          findings={findings}
          sought={sought}
          isUnfolded={isUnfolded}
        />
      </div>
    </>
  );
};

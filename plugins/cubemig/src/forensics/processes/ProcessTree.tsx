import { memo, useDeferredValue, useId, useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Finding, Process } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { FilterBar } from '../../table';
import { useWords } from '../../translation';
import TextField from '@material-ui/core/TextField';
import { PAGE, ProcessBranches } from './ProcessBranches';
import { branchesToOpen, processForest, pruneForest } from './processForest';

/** Up to so many, all are shown at once. */
const FEW = 60;

/** So many lines are shown at most before anybody unfolds more. */
const LINES = 200;

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

const SoughtProcesses = memo(function SoughtProcesses(props: {
  processes: Process[];
  findings: Finding[];
  /** In small letters. */
  sought: string;
  isUnfolded: boolean;
}) {
  const { processes, findings, sought, isUnfolded } = props;
  const t = useWords();
  const forest = useMemo(
    () => processForest(processes, findings),
    [processes, findings],
  );
  const shown = useMemo(
    () =>
      sought
        ? pruneForest(forest, ({ pid, command, argv }) =>
            `${pid} ${command} ${argv.join(' ')}`
              .toLowerCase()
              .includes(sought),
          )
        : forest,
    [forest, sought],
  );
  const open = useMemo(
    () =>
      branchesToOpen(
        shown,
        { limit: LINES, page: PAGE },
        // What leads to a finding is open from the start.
        branch =>
          isUnfolded || sought !== '' || branch.total > branch.findings.length,
      ),
    [shown, isUnfolded, sought],
  );
  if (shown.length === 0) {
    return <EmptyNote title={t('common.nothingFound')} />;
  }
  return (
    <ProcessBranches
      // Folding all, or seeking, begins anew.
      key={`${isUnfolded} ${sought}`}
      branches={shown}
      open={open}
    />
  );
});

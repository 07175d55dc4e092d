import { memo, useMemo } from 'react';
import { Finding, Process } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { useWords } from '../../translation';
import { PAGE, ProcessBranches } from './ProcessBranches';
import { branchesToOpen, processForest, pruneForest } from './processForest';

/** So many lines are shown at most before anybody unfolds more. */
const LINES = 200;

/** A report's processes as a tree, or those that are sought with the way to them. */
export const SoughtProcesses = memo(
  (props: {
    processes: Process[];
    findings: Finding[];
    /** In small letters. */
    sought: string;
    isUnfolded: boolean;
  }) => {
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
            isUnfolded ||
            sought !== '' ||
            branch.total > branch.findings.length,
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
  },
);

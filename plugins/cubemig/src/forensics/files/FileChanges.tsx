import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { ReportKey, RootfsChange } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { useWords } from '../../translation';
import { FileNodes } from './FileNodes';
import { fileTree } from './fileTree';

/** Up to so many, all folders are open from the start. */
const FEW = 100;

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 2, 2), overflowX: 'auto' },
}));

/** What the container changed of its image's files, as a tree. */
export const FileChanges = (props: {
  changes: RootfsChange[];
  of: ReportKey;
}) => {
  const { changes, of } = props;
  const t = useWords();
  const classes = useStyles();
  const tree = useMemo(() => fileTree(changes), [changes]);
  if (changes.length === 0) return <EmptyNote title={t('forensics.noFiles')} />;
  return (
    <div className={classes.root}>
      <FileNodes nodes={tree} of={of} isOpen={changes.length <= FEW} />
    </div>
  );
};

import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ReportKey } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../../figures';
import { Notice } from '../../problem';
import { TextBlock } from '../../text';
import { useWords } from '../../translation';
import { InquiryProgress, useInquiry } from '../inquiry';
import { FileNode } from './fileTree';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    minHeight: 30,
    fontSize: '0.8125rem',
  },
  name: {
    fontFamily: 'Menlo, Consolas, monospace',
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
  deleted: { textDecoration: 'line-through' },
}));

/** A file that was changed; a text can be looked at. */
export const FileLine = (props: { node: FileNode; of: ReportKey }) => {
  const { node, of } = props;
  const { change } = node;
  const classes = useStyles();
  const t = useWords();
  const { ask, forget, isBusy, result, problem, remedy } = useInquiry(of);
  if (!change) return null;
  const isText =
    change.type === 'file' && change.change !== 'deleted' && change.size !== 0;
  const facts = [
    t(`forensics.changes.${change.change}`),
    change.type !== 'file' && change.type,
    change.link && `→ ${change.link}`,
    change.size !== undefined && formatBytes(change.size),
    change.mode,
    change.uid !== undefined && `${change.uid}:${change.gid}`,
  ];
  return (
    <>
      <div className={classes.line}>
        <span
          className={`${classes.name} ${
            change.change === 'deleted' ? classes.deleted : ''
          }`}
        >
          {node.name}
        </span>
        <span className={classes.quiet}>
          {facts.filter(Boolean).join(' · ')}
        </span>
        {isText && (
          <Button
            size="small"
            disabled={isBusy}
            aria-expanded={Boolean(result)}
            onClick={() =>
              result ? forget() : ask({ kind: 'file-diff', path: node.path })
            }
          >
            {t(result ? 'forensics.hideFile' : 'forensics.showFile')}
          </Button>
        )}
      </div>
      {isBusy && <InquiryProgress />}
      {problem && (
        <Notice severity="error">
          {t('forensics.fileProblem')}: {problem} {remedy}
        </Notice>
      )}
      {result?.kind === 'file-diff' && (
        <>
          {result.files.map(({ path, kind, diff, isCut }) =>
            diff ? (
              <div key={path}>
                <TextBlock label={path} text={diff} isDiff />
                {isCut && (
                  <span className={classes.quiet}>
                    {t('forensics.fileCut')}
                  </span>
                )}
              </div>
            ) : (
              <Notice key={path} severity="info">
                {t('forensics.fileNoText', { kind })}
              </Notice>
            ),
          )}
          {result.files.length === 0 && (
            <Notice severity="info">{t('forensics.fileGone')}</Notice>
          )}
        </>
      )}
    </>
  );
};

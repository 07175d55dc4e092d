import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { useWords } from '../translation';
import { saveFile } from './saveFile';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    minWidth: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.25, 1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  label: { marginRight: 'auto', overflowWrap: 'anywhere' },
  text: {
    margin: 0,
    padding: theme.spacing(1),
    maxHeight: 420,
    overflow: 'auto',
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    lineHeight: 1.5,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  added: { backgroundColor: alpha(theme.palette.status.ok, 0.18) },
  removed: { backgroundColor: alpha(theme.palette.status.error, 0.18) },
}));

/** Text as a machine wrote it: to be read, copied and saved. */
export const TextBlock = (props: {
  label: string;
  text: string;
  /** Offers the text as a file of this name. */
  fileName?: string;
  /** A unified diff, whose lines are coloured. */
  isDiff?: boolean;
}) => {
  const { label, text, fileName, isDiff } = props;
  const classes = useStyles();
  const t = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
  };
  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <span className={classes.label}>{label}</span>
        <Button size="small" onClick={copy} aria-live="polite">
          {isCopied ? t('common.copied') : t('common.copy')}
        </Button>
        {fileName && (
          <Button
            size="small"
            onClick={() => saveFile(new Blob([text]), fileName)}
          >
            {t('common.download')}
          </Button>
        )}
      </div>
      <pre
        className={classes.text}
        aria-label={label}
        // Scrolling text has to be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {isDiff
          ? text.split('\n').map((line, index) => (
              // Lines of a diff do not move.
              // eslint-disable-next-line react/no-array-index-key
              <span key={index} className={lookOf(line, classes)}>
                {line}
                {'\n'}
              </span>
            ))
          : text}
      </pre>
    </div>
  );
};

function lookOf(line: string, looks: { added: string; removed: string }) {
  if (/^\+(?!\+\+ )/.test(line)) return looks.added;
  if (/^-(?!-- )/.test(line)) return looks.removed;
  return undefined;
}

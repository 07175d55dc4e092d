import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Evidence } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../../translation';

const FIRST = 5;

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(0.5, 0, 0),
    paddingLeft: theme.spacing(2.5),
    fontSize: '0.8125rem',
  },
  facts: {
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
}));

/** What a finding rests on. */
export const EvidenceList = ({ evidence }: { evidence: Evidence[] }) => {
  const classes = useStyles();
  const t = useWords();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? evidence : evidence.slice(0, FIRST);
  return (
    <>
      <ul className={classes.list} aria-label={t('forensics.evidence')}>
        {shown.map((item, index) => (
          // Evidence has no name of its own.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index}>
            {item.detail}
            <div className={classes.facts}>{factsOf(item)}</div>
          </li>
        ))}
      </ul>
      {shown.length < evidence.length && (
        <Button size="small" onClick={() => setWhole(true)}>
          {t('forensics.more', {
            number: String(evidence.length - shown.length),
          })}
        </Button>
      )}
    </>
  );
};

function factsOf({ pid, command, file, socket, address }: Evidence): string {
  return [
    pid !== undefined && `pid ${pid}`,
    command,
    file,
    socket,
    address && `0x${address.replace(/^0x/, '')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

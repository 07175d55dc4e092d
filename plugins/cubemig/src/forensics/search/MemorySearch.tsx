import { FormEvent, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Process, ReportKey } from '@cubemig/plugin-cubemig-common';
import { SwitchField } from '../../form';
import { ProblemNote } from '../../problem';
import { SelectFilter } from '../../table';
import { useWords } from '../../translation';
import { InquiryProgress, useInquiry } from '../inquiry';
import { MatchTable } from './MatchTable';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    alignItems: 'center',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
  intro: { gridColumn: '1 / -1' },
  answer: { padding: theme.spacing(0, 2, 2) },
}));

/** Looks for text in the saved memory. The memory stays where it is: only the matches come here. */
export const MemorySearch = (props: {
  processes: Process[];
  of: ReportKey;
}) => {
  const { processes, of } = props;
  const classes = useStyles();
  const t = useWords();
  const fieldId = useId();
  const [text, setText] = useState('');
  const [isRegex, setRegex] = useState(false);
  const [pid, setPid] = useState<string>();
  const { ask, isBusy, result, problem, remedy } = useInquiry(of);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text || isBusy) return;
    ask({
      kind: 'memory-search',
      pattern: isRegex ? { regex: text } : { text },
      pid: pid ? Number(pid) : undefined,
    });
  };

  return (
    <>
      <form onSubmit={submit} className={classes.form}>
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.intro}
        >
          {t('forensics.searchIntro')}
        </Typography>
        <TextField
          id={fieldId}
          required
          size="small"
          variant="outlined"
          label={t('forensics.searchFor')}
          value={text}
          InputLabelProps={{ shrink: true }}
          inputProps={{ maxLength: 256 }}
          onChange={event => setText(event.target.value)}
        />
        <SelectFilter
          label={t('forensics.searchPid')}
          value={pid}
          options={processes.map(process => ({
            value: String(process.pid),
            title: `${process.command} (${process.pid})`,
          }))}
          onChange={setPid}
        />
        <SwitchField
          label={t('forensics.searchRegex')}
          value={isRegex}
          onChange={setRegex}
        />
        <div>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={!text || isBusy}
          >
            {t('forensics.searchStart')}
          </Button>
        </div>
      </form>
      <div className={classes.answer}>
        {isBusy && <InquiryProgress />}
        {problem && (
          <ProblemNote
            title={t('forensics.searchProblem')}
            message={problem}
            remedy={remedy}
          />
        )}
        {result?.kind === 'memory-search' && <MatchTable result={result} />}
      </div>
    </>
  );
};

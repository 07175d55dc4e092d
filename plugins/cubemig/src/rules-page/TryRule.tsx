import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  RuleInput,
  RuleRehearsal,
  RuleTestResult,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useClusters } from '../clusters';
import { useAction } from '../confirm';
import { WordField } from '../form';
import { Notice } from '../problem';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { RehearsalView } from './RehearsalView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
    paddingTop: theme.spacing(1),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  title: { fontSize: '1rem', fontWeight: 600 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Tries a rule on one alert, and on those of the past. */
export const TryRule = (props: {
  /** Absent while something is missing in it. */
  rule: RuleInput | undefined;
}) => {
  const { rule } = props;
  const classes = useStyles();
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const clusters = useClusters();
  const [alert, setAlert] = useState('');
  const [cluster, setCluster] = useState<string>();
  const [tested, setTested] = useState<RuleTestResult>();
  const [rehearsal, setRehearsal] = useState<RuleRehearsal>();
  const test = useAction(
    useCallback(
      (asked: RuleInput) => {
        const isPayload = alert.trim().startsWith('{');
        return response.testRules({
          rule: asked,
          ...(isPayload
            ? { payload: alert, cluster }
            : { alert: alert.trim() }),
        });
      },
      [response, alert, cluster],
    ),
    setTested,
  );
  const rehearse = useAction(
    useCallback((asked: RuleInput) => response.rehearseRule(asked), [response]),
    setRehearsal,
  );
  const refusal = test.refusal ?? rehearse.refusal;
  return (
    <section className={classes.root} aria-label={t('rules.tryTitle')}>
      <Typography variant="h3" className={classes.title}>
        {t('rules.tryTitle')}
      </Typography>
      <WordField
        label={t('rules.tryAlert')}
        multiline
        value={alert}
        inputProps={{ maxLength: 65_536 }}
        onChange={setAlert}
      />
      <SelectFilter
        label={t('rules.tryCluster')}
        value={cluster}
        options={clusters.options}
        onChange={setCluster}
      />
      <div className={classes.buttons}>
        <Button
          size="small"
          variant="outlined"
          disabled={!rule || !alert.trim() || test.isBusy}
          onClick={() => rule && test.run(rule)}
        >
          {t('rules.tryButton')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={!rule || rehearse.isBusy}
          onClick={() => rule && rehearse.run(rule)}
        >
          {t('rules.rehearse')}
        </Button>
      </div>
      {refusal && (
        <Notice severity="error">
          {t('rules.tryProblem')}: {refusal.message}
        </Notice>
      )}
      {tested?.rules.map(({ name, isMatch, conditions, verdict }) => (
        <div key={name} role="status">
          <strong>{t(isMatch ? 'rules.matches' : 'rules.matchesNot')}</strong>
          {verdict && ` ${verdict.verdict}: ${verdict.reason}`}
          <ul className={classes.list}>
            {conditions
              .filter(({ isMet }) => !isMet)
              .map(({ field, expected, actual }) => (
                <li key={field}>
                  {t('rules.condition', { field, expected, actual })}
                </li>
              ))}
          </ul>
        </div>
      ))}
      {rehearsal && <RehearsalView rehearsal={rehearsal} />}
    </section>
  );
};

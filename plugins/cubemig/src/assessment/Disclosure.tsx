import { makeStyles } from '@material-ui/core/styles';
import {
  Disclosure as DisclosureOf,
  Expense,
} from '@cubemig/plugin-cubemig-common';
import { formatDuration } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  summary: { cursor: 'pointer' },
}));

/** What left the house for the assessment, what did not, and what it took. */
export const Disclosure = (props: {
  disclosure: DisclosureOf;
  expense: Expense | undefined;
}) => {
  const { disclosure, expense } = props;
  const classes = useStyles();
  const t = useWords();
  const removed = disclosure.redactions
    .map(({ kind, count }) => `${count} ${t(`assessment.redactions.${kind}`)}`)
    .join(', ');
  const leftOut = disclosure.leftOut
    .map(({ part, items }) => `${part} (${items})`)
    .join(', ');
  return (
    <details className={classes.root} open>
      <summary className={classes.summary}>
        {t('assessment.disclosure')}
      </summary>
      <div>
        {removed
          ? t('assessment.redacted', { list: removed })
          : t('assessment.redactedNothing')}
      </div>
      {leftOut && <div>{t('assessment.leftOut', { list: leftOut })}</div>}
      <div>
        {t('assessment.promptSize', {
          number: disclosure.promptCharacters.toLocaleString(),
        })}
      </div>
      {expense && (
        <div>
          {t('assessment.tokens', {
            prompt: String(expense.promptTokens),
            completion: String(expense.completionTokens),
            time: formatDuration(expense.totalMs),
          })}
          {expense.cost &&
            `, ${t('assessment.cost', {
              amount: String(expense.cost.amount),
              currency: expense.cost.currency,
            })}`}
        </div>
      )}
    </details>
  );
};

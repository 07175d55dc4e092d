import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Plan } from '@cubemig/plugin-cubemig-common';
import { Fold, TextBlock } from '../text';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  title: { fontSize: '1rem', fontWeight: 600 },
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
  state: { color: theme.palette.text.secondary },
}));

/** The objects that the pod needs, and how they stand in the target. */
export const PlannedReferences = (props: {
  references: Plan['references'];
}) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <section aria-label={t('plan.references')}>
      <Typography variant="h3" className={classes.title}>
        {t('plan.references')}
      </Typography>
      <ul className={classes.list}>
        {props.references.map(({ kind, name, state, isCopied, diff }) => (
          <li key={`${kind}/${name}`}>
            {kind} <strong>{name}</strong>{' '}
            <span className={classes.state}>
              {t(`plan.states.${state}`)}
              {isCopied && `, ${t('plan.willCopy')}`}
            </span>
            {diff && (
              <div>
                <Fold show={t('plan.showDiff')} hide={t('plan.hideDiff')}>
                  <TextBlock label={`${kind} ${name}`} text={diff} isDiff />
                </Fold>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

import { makeStyles } from '@material-ui/core/styles';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { Spoken } from '../spoken';
import { useNow } from '../time';
import { useWords } from '../translation';
import { isActive } from './progress';
import { StepItem } from './StepItem';

const TICK = 200;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: 'none' },
});

/** The steps of a migration from top to bottom, the one under way with its progress. */
export const StepList = ({ migration }: { migration: Migration }) => {
  const classes = useStyles();
  const t = useWords();
  const now = useNow(isActive(migration) ? TICK : undefined);
  const { steps } = migration;
  const running = steps.findIndex(step => step.status === 'running');
  return (
    <>
      <Spoken aria-live="polite">
        {running >= 0 &&
          t('steps.current', {
            number: String(running + 1),
            total: String(steps.length),
            title: t(`steps.titles.${steps[running].name}`),
          })}
      </Spoken>
      <ol className={classes.list} aria-label={t('migration.stepsTitle')}>
        {steps.map((step, index) => (
          <StepItem
            key={step.name}
            step={step}
            migration={migration}
            isLast={index === steps.length - 1}
            now={now}
          />
        ))}
      </ol>
    </>
  );
};

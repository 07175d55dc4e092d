import { Fragment } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Phase } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';
import { PhaseLine } from './PhaseLine';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
    fontSize: '0.8125rem',
  },
  container: {
    gridColumn: '1 / -1',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/** What the courier is doing on the source node: one line a phase, by container if there are several. */
export const PhaseList = ({ phases, now }: { phases: Phase[]; now: Date }) => {
  const classes = useStyles();
  const t = useWords();
  const containers = [...new Set(phases.map(phase => phase.container))];
  return (
    <div className={classes.root}>
      {containers.map(container => (
        <Fragment key={container}>
          {containers.length > 1 && (
            <div className={classes.container}>
              {t('steps.container', { name: container })}
            </div>
          )}
          {phases
            .filter(phase => phase.container === container)
            .map(phase => (
              <PhaseLine key={phase.name} phase={phase} now={now} />
            ))}
        </Fragment>
      ))}
    </div>
  );
};

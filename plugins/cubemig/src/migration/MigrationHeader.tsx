import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { StaleMarker } from '../polling';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { MigrationStatusLabel } from './MigrationStatusLabel';
import { Route } from './Route';
import { UserName } from './UserName';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  words: { flex: '1 1 240px', minWidth: 0 },
  title: {
    fontSize: '1.125rem',
    fontWeight: 600,
    margin: 0,
    overflowWrap: 'anywhere',
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 2),
    marginTop: theme.spacing(0.5),
    fontSize: '0.875rem',
    color: theme.palette.text.secondary,
  },
  status: { color: theme.palette.text.primary, fontWeight: 600 },
  reason: {
    marginTop: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  },
}));

/** Which pod, from where to where, by whom, when and why. */
export const MigrationHeader = (props: {
  migration: Migration;
  /** When the shown state was read, if newer ones could not be. */
  staleSince?: Date;
  /** What can be done with it. */
  children: ReactNode;
}) => {
  const { migration, staleSince, children } = props;
  const classes = useStyles();
  const t = useWords();
  return (
    <header className={classes.root}>
      <div className={classes.words}>
        <Typography variant="h2" className={classes.title}>
          {migration.source.pod}
        </Typography>
        <div className={classes.facts}>
          <span className={classes.status} role="status">
            <MigrationStatusLabel status={migration.status} />
          </span>
          <Route
            from={migration.source.cluster}
            to={migration.target?.cluster}
          />
          <span>
            {t('outcome.startedBy')}{' '}
            <UserName entityRef={migration.createdBy} />{' '}
            <RelativeTime moment={migration.createdAt} />
          </span>
          {staleSince && <StaleMarker since={staleSince} />}
        </div>
        {migration.reason && (
          <Typography variant="body2" className={classes.reason}>
            {t('outcome.reason', { reason: migration.reason })}
          </Typography>
        )}
      </div>
      {children}
    </header>
  );
};

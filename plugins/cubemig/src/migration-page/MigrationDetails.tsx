import { lazy, Suspense } from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Skeleton from '@material-ui/lab/Skeleton';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { MigrationHeader } from '../migration';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { MigrationActions } from './MigrationActions';
import { Overview } from './Overview';

const RawEvents = lazy(() =>
  import('./RawEvents').then(m => ({ default: m.RawEvents })),
);
const Manifests = lazy(() =>
  import('./Manifests').then(m => ({ default: m.Manifests })),
);
const Forensics = lazy(() =>
  import('../forensics').then(m => ({ default: m.Forensics })),
);

const tabs = ['overview', 'forensics', 'objects', 'events'] as const;
type TabName = (typeof tabs)[number];

const useStyles = makeStyles(theme => ({
  root: { border: `1px solid ${theme.palette.divider}`, minWidth: 0 },
  body: { minWidth: 0, marginTop: theme.spacing(2) },
}));

/** A migration's head, what can be done with it, and its parts as tabs. */
export const MigrationDetails = (props: {
  migration: Migration;
  staleSince?: Date;
  onChange(): void;
}) => {
  const { migration, staleSince, onChange } = props;
  const classes = useStyles();
  const t = useWords();
  const [fields, setFields] = useUrlFields(['tab']);
  const shown = tabs.find(name => name === fields.tab) ?? 'overview';
  return (
    <div>
      <Paper elevation={0} className={classes.root}>
        <MigrationHeader migration={migration} staleSince={staleSince}>
          <MigrationActions migration={migration} onChange={onChange} />
        </MigrationHeader>
        <Tabs
          value={shown}
          onChange={(_, name: TabName) =>
            setFields({ tab: name === 'overview' ? undefined : name })
          }
          variant="scrollable"
          scrollButtons="auto"
          indicatorColor="primary"
          textColor="primary"
          aria-label={t('migration.tabsLabel')}
        >
          {tabs.map(name => (
            <Tab
              key={name}
              value={name}
              id={`migration-tab-${name}`}
              aria-controls="migration-tab-panel"
              label={t(`migration.tabs.${name}`)}
            />
          ))}
        </Tabs>
      </Paper>
      <div
        role="tabpanel"
        id="migration-tab-panel"
        aria-labelledby={`migration-tab-${shown}`}
        className={classes.body}
      >
        <Suspense fallback={<Skeleton variant="rect" height={240} />}>
          {shown === 'overview' && <Overview migration={migration} />}
          {shown === 'forensics' && <Forensics migration={migration} />}
          {shown === 'objects' && <Manifests id={migration.id} />}
          {shown === 'events' && <RawEvents migration={migration} />}
        </Suspense>
      </div>
    </div>
  );
};

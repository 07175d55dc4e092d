import { useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { MigrationHistory, useEntityMigrations } from '../history';
import { MigrateDialog } from '../migrate-dialog';
import { MigrationPanel } from '../migration';
import { anchorOf, useEntityPods } from '../pods';
import { StaleMarker } from '../polling';
import { PodsSection } from './PodsSection';
import { Section } from './Section';
import { useSelectedMigration } from './useSelectedMigration';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  panel: { scrollMarginTop: theme.spacing(2), minWidth: 0 },
}));

/** An entity's pods on all clusters, the migration that is looked at, and those of the past. */
export const MigrationsTab = ({ entityRef }: { entityRef: string }) => {
  const classes = useStyles();
  const migrations = useEntityMigrations(entityRef);
  const pods = useEntityPods(entityRef, migrations.active.length > 0);
  const { selected, select } = useSelectedMigration();
  const [podToMigrate, setPodToMigrate] = useState<Pod>();
  const panel = useRef<HTMLDivElement>(null);

  const open = (id: string) => {
    select(id);
    panel.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };

  const openStarted = (migration: Migration) => {
    setPodToMigrate(undefined);
    open(migration.id);
    migrations.refresh();
  };

  const showPod = ({ target }: Migration) => {
    const row = document.getElementById(
      anchorOf({ ...target, name: target.pod }),
    );
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row?.focus({ preventScroll: true });
  };

  return (
    <div className={classes.root}>
      <div ref={panel} className={classes.panel} hidden={!selected}>
        {selected && (
          <MigrationPanel
            key={selected}
            id={selected}
            onClose={() => select(undefined)}
            onShowPod={showPod}
          />
        )}
      </div>
      <PodsSection
        pods={pods}
        activeMigrations={migrations.active}
        onMigrate={setPodToMigrate}
        onFollow={({ id }) => open(id)}
      />
      <Section
        title="History"
        aside={
          migrations.isStale && <StaleMarker since={migrations.updatedAt!} />
        }
      >
        <MigrationHistory
          migrations={migrations}
          selected={selected}
          onSelect={open}
        />
      </Section>
      {podToMigrate && (
        <MigrateDialog
          pod={podToMigrate}
          clusters={pods.value?.map(({ cluster }) => cluster) ?? []}
          entityRef={entityRef}
          onClose={() => setPodToMigrate(undefined)}
          onStarted={openStarted}
        />
      )}
    </div>
  );
};

import { useEffect, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { MigrationHistory, useEntityMigrations } from '../history';
import { MigrateDialog, passengerAmong } from '../migrate-dialog';
import { MigrationPanel } from '../migration';
import { anchorOf, useEntityPods } from '../pods';
import { StaleMarker } from '../polling';
import { useWords } from '../translation';
import { PodsSection } from './PodsSection';
import { Section } from './Section';
import { useSelectedMigration } from './useSelectedMigration';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
    fontFamily: theme.typography.fontFamily,
  },
  panel: { scrollMarginTop: theme.spacing(2), minWidth: 0, outline: 'none' },
}));

/** An entity's pods on all clusters, the migration that is looked at, and those of the past. */
export const MigrationsTab = (props: {
  entityRef: string;
  /** The label's value by which the entity's pods are known. */
  kubernetesId: string;
}) => {
  const { entityRef, kubernetesId } = props;
  const classes = useStyles();
  const t = useWords();
  const migrations = useEntityMigrations(entityRef);
  const pods = useEntityPods(entityRef, migrations.active.length > 0);
  const { selected, select } = useSelectedMigration();
  const [podToMigrate, setPodToMigrate] = useState<Pod>();
  const panel = useRef<HTMLDivElement>(null);

  // Whoever opens a migration is led to it; whoever comes by a link sees the page from its top.
  const shown = useRef(selected);
  useEffect(() => {
    if (selected && selected !== shown.current) {
      scrollTo(panel.current, 'nearest');
      panel.current?.focus({ preventScroll: true });
    }
    shown.current = selected;
  }, [selected]);

  const openStarted = (migration: Migration) => {
    setPodToMigrate(undefined);
    select(migration.id);
    migrations.refresh();
  };

  const known = pods.value?.flatMap(({ pods: existing }) => existing) ?? [];
  const findPod = ({ target }: Migration) => {
    const isThere = known.some(
      pod => pod.cluster === target?.cluster && pod.uid === target.uid,
    );
    return target && isThere ? () => showPod(target) : undefined;
  };

  return (
    <div className={classes.root}>
      <div
        ref={panel}
        tabIndex={-1}
        className={classes.panel}
        hidden={!selected}
      >
        {selected && (
          <MigrationPanel
            key={selected}
            id={selected}
            onClose={() => select(undefined)}
            findPod={findPod}
          />
        )}
      </div>
      <PodsSection
        pods={pods}
        entityRef={entityRef}
        kubernetesId={kubernetesId}
        activeMigrations={migrations.active}
        onMigrate={setPodToMigrate}
        onFollow={({ id }) => select(id)}
      />
      <Section
        title={t('tab.history')}
        aside={
          migrations.isStale && <StaleMarker since={migrations.updatedAt!} />
        }
      >
        <MigrationHistory
          migrations={migrations}
          selected={selected}
          onSelect={select}
        />
      </Section>
      {podToMigrate && (
        <MigrateDialog
          pod={passengerAmong(known, podToMigrate)}
          clusters={pods.value?.map(({ cluster }) => cluster) ?? []}
          entityRef={entityRef}
          onClose={() => setPodToMigrate(undefined)}
          onStarted={openStarted}
        />
      )}
    </div>
  );
};

function showPod(target: NonNullable<Migration['target']>) {
  const row = document.getElementById(
    anchorOf({ ...target, name: target.pod }),
  );
  scrollTo(row, 'center');
  row?.focus({ preventScroll: true });
}

function scrollTo(
  element: HTMLElement | null,
  block: ScrollLogicalPosition,
): void {
  const isCalm = window.matchMedia?.(
    '(prefers-reduced-motion: reduce)',
  ).matches;
  // jsdom has no scrollIntoView
  element?.scrollIntoView?.({ block, behavior: isCalm ? 'auto' : 'smooth' });
}

import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  Migration,
  MigrationStatus,
  migrationStatuses,
} from '@cubemig/plugin-cubemig-common';

/** Figures of a migration that are times, in milliseconds. */
const times = [
  'checkpointMs',
  'imageMs',
  'pushMs',
  'pullMs',
  'readyMs',
  'totalMs',
  'downtimeMs',
] as const;

/**
 * Exports how migrations end and how long their parts take, and how many there are in each status. An end is counted at least once, as it
 * is told: counters live in a process, so none can be raised in the same breath as the database notes it. The gauge is the database's.
 */
export function createEndMetrics(
  metrics: MetricsService,
  countByStatus: () => Promise<Record<MigrationStatus, number>>,
) {
  const ended = metrics.createCounter('cubemig.migrations.ended', {
    description: 'Migrations that are over, each at least once',
  });
  const duration = metrics.createHistogram('cubemig.migrations.duration', {
    description: "How long a part of a completed migration took, by 'part'",
    unit: 's',
  });
  const bytes = metrics.createHistogram('cubemig.migrations.layer.size', {
    description: 'What a migration carried to the registry',
    unit: 'By',
  });
  metrics
    .createObservableGauge('cubemig.migrations', {
      description: "Migrations, by 'status'",
    })
    .addCallback(async result => {
      const counts = await countByStatus();
      for (const status of migrationStatuses) {
        result.observe(counts[status], { status });
      }
    });

  return ({ mode, status, source, target, failure, figures }: Migration) => {
    const where = {
      mode,
      source: source.cluster,
      ...(target && { target: target.cluster }),
    };
    ended.add(1, { ...where, status, ...(failure && { code: failure.code }) });
    if (status !== 'completed' || !figures) return;
    for (const name of times) {
      const milliseconds = figures[name];
      if (milliseconds === undefined) continue;
      const part = name.replace(/Ms$/, '');
      duration.record(milliseconds / 1000, { ...where, part });
    }
    if (figures.layerBytes !== undefined) {
      bytes.record(figures.layerBytes, where);
    }
  };
}

import { toSarif } from '@cubemig/checkpoint';
import {
  Assessment,
  Migration,
  ReportSummary,
  StoredReport,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** All that is known of a migration; what is large is read when its turn comes. */
export interface Evidence {
  migration: Migration;
  timeline: TimelineEvent[];
  reports: ReportSummary[];
  readReport(container: string): Promise<StoredReport | undefined>;
  assessments: { assessment: Assessment; markdown?: string }[];
}

/** One archive (tar.gz) of it, as a stream: one report is in memory at a time. */
export function packEvidence(evidence: Evidence): Readable {
  const { migration } = evidence;
  const archive = pack();
  const stream = archive.pipe(createGzip());
  archive.on('error', error => stream.destroy(error));
  // A reader that goes away ends the packing, too.
  stream.on('close', () => archive.destroy());
  const mtime = new Date(migration.finishedAt ?? migration.createdAt);
  const add = (name: string, content: string) =>
    new Promise<void>((resolve, reject) => {
      archive.entry({ name, mtime, mode: 0o600 }, content, error =>
        error ? reject(error) : resolve(),
      );
    });
  fill(evidence, add).then(
    () => archive.finalize(),
    error => archive.destroy(error),
  );
  return stream;
}

async function fill(
  evidence: Evidence,
  add: (name: string, content: string) => Promise<void>,
) {
  const { migration, timeline, reports, readReport, assessments } = evidence;
  const folder = `migration-${migration.id}`;
  const addJson = (name: string, content: unknown) =>
    add(`${folder}/${name}`, `${JSON.stringify(content, undefined, 2)}\n`);
  await addJson('migration.json', migration);
  await addJson('timeline.json', timeline);
  if (migration.figures) await addJson('figures.json', migration.figures);
  for (const { container } of reports) {
    const stored = await readReport(container);
    await addJson(`reports/${container}/report.json`, stored);
    if (stored?.forensics) {
      await addJson(
        `reports/${container}/findings.sarif`,
        toSarif([
          {
            archive: `${migration.id}/${container}`,
            forensics: stored.forensics,
          },
        ]),
      );
    }
  }
  for (const { assessment, markdown } of assessments) {
    const name = `assessments/${assessment.container}-${assessment.id}`;
    await addJson(`${name}.json`, assessment);
    if (markdown) await add(`${folder}/${name}.md`, markdown);
  }
}

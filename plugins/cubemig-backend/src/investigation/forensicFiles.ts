import { cubemigForensicsReadPermission } from '@cubemig/plugin-cubemig-common';
import { AssessmentService } from '../assessment';
import { ForensicsStore } from '../forensics';
import { FileSource, MigrationFile } from '../logs';

const permission = cubemigForensicsReadPermission;

/** A migration's forensic reports and assessments as files. */
export function forensicFiles(options: {
  reports: ForensicsStore;
  assessments: AssessmentService;
}): FileSource {
  const { reports, assessments } = options;
  return {
    async listFiles({ id }) {
      const files: MigrationFile[] = [];
      for (const { container, state } of await reports.listReports(id)) {
        if (state !== 'stored') continue;
        files.push({
          name: `forensic_report_${container}.json`,
          type: 'forensic',
          permission,
          async read() {
            const stored = await reports.getReport({
              migration: id,
              container,
            });
            return `${JSON.stringify(stored, undefined, 2)}\n`;
          },
        });
      }
      for (const { assessment, markdown } of await assessments.listWithMarkdown(
        id,
      )) {
        if (!markdown) continue;
        files.push({
          name: `AI_suggestion_${assessment.container}_${assessment.id}.md`,
          type: 'assessment',
          permission,
          read: async () => markdown,
        });
      }
      return files;
    },
  };
}

import {
  CourierRequest,
  Inquiry,
  RevealRequest,
} from '@cubemig/plugin-cubemig-common';
import { CubemigConfig } from '../../config';
import { describeRegistry } from '../../migration/objects';
import { ReportSource } from '../store';

/** What the courier is to do for an inquiry. Secrets stay masked, but for the one variable that somebody may see. */
export function buildTask(
  id: string,
  config: CubemigConfig,
  source: ReportSource,
  inquiry: Inquiry | ({ kind: 'variable' } & RevealRequest),
  before: ReportSource | undefined,
): CourierRequest {
  const base = {
    version: 1 as const,
    migration: id,
    registry: describeRegistry(config, source.repository),
    digest: source.image,
  };
  switch (inquiry.kind) {
    case 'memory-search':
      return {
        ...base,
        task: 'search-memory',
        pattern: inquiry.pattern,
        pid: inquiry.pid,
        context: inquiry.context,
        maxMatches: inquiry.limit,
        secrets: 'masked',
      };
    case 'file-diff':
      return {
        ...base,
        task: 'diff-files',
        before: before && {
          repository: before.repository,
          digest: before.image,
        },
        path: inquiry.path,
        maxFiles: inquiry.limit,
        secrets: 'masked',
      };
    default:
      return {
        ...base,
        task: 'show-variable',
        pid: inquiry.pid,
        name: inquiry.name,
      };
  }
}

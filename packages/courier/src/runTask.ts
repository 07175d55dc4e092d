import { CourierRequest, CourierResult } from '@cubemig/plugin-cubemig-common';
import { takeCheckpoints } from './checkpoint/takeCheckpoints';
import { diffFiles } from './evidence/diffFiles';
import { findInMemory } from './evidence/findInMemory';
import { showVariable } from './evidence/showVariable';
import { Surroundings } from './Surroundings';
import { sweepArchives } from './sweep/sweepArchives';
import { restoreVolumes } from './volumes/restoreVolumes';

/** What a task leaves besides what every result has. */
export type Outcome = Partial<Omit<CourierResult, 'version' | 'migration'>>;

/** Does what is asked for. Throws, or says in the outcome what went wrong. */
export async function runTask(
  request: CourierRequest,
  surroundings: Surroundings,
): Promise<Outcome> {
  switch (request.task) {
    case 'checkpoint':
      return takeCheckpoints(request, surroundings);
    case 'restore-volumes':
      return restoreVolumes(request, surroundings);
    case 'search-memory':
      return findInMemory(request, surroundings);
    case 'diff-files':
      return diffFiles(request, surroundings);
    case 'show-variable':
      return showVariable(request, surroundings);
    case 'sweep':
      return sweepArchives(request, surroundings);
    default:
      throw new Error(`No such task: ${request satisfies never}`);
  }
}

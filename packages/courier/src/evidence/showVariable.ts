import { ShowVariableTask } from '@cubemig/plugin-cubemig-common';
import { RecordLog } from '../output/RecordLog';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';
import { withMemory } from './openStoredCheckpoint';

const MAX_VALUE = 8192;

/** The task `show-variable`. */
export async function showVariable(
  request: ShowVariableTask,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { pid, name } = request;
  return withMemory(request, surroundings, async checkpoint => {
    const { environment } = checkpoint.processOf(pid);
    const value = Object.entries(environment ?? {}).find(
      ([known]) => known === name,
    )?.[1];
    if (value === undefined) {
      throw new Error(`Process ${pid} has no variable ${name}`);
    }
    const log = new RecordLog(surroundings.writeLine);
    const shown = value.slice(0, MAX_VALUE);
    const fits = log.write({ type: 'variable', pid, name, value: shown });
    const isCut = !fits || shown.length < value.length;
    return { records: { ...log.summary, isCut } };
  });
}

import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import {
  addOrderOptions,
  OrderOptions,
  readOrder,
} from '../migration/orderOptions';
import { runToEnd } from '../migration/run';
import { addRunOptions, RunOptions } from '../migration/runOptions';
import { CommandContext } from './CommandContext';

export function migrateCommand(context: CommandContext): Command {
  return addRunOptions(addOrderOptions(apiCommand('migrate')))
    .description('migrate a running pod, memory and all, to another cluster')
    .addHelpText(
      'after',
      `
What is left out is looked up, as long as there is only one possibility:
  cubemig migrate counter
  cubemig migrate counter-5d8f-x2x7q --source-cluster cluster1 --dest-cluster cluster2 -n demo
  cubemig migrate counter --mode checkpoint --forensic-analysis --log-dir logs`,
    )
    .action((pod: string, options: ApiOptions & OrderOptions & RunOptions) =>
      withApi(context, options, async connected => {
        const { api } = connected;
        const request = await readOrder(api, pod, options);
        await runToEnd(connected, await api.migrations.start(request), options);
      }),
    );
}

import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { otherCluster } from '../migration/findPod';
import { addTargetOptions, OrderOptions } from '../migration/orderOptions';
import { runToEnd } from '../migration/run';
import { addRunOptions, RunOptions } from '../migration/runOptions';
import { CommandContext } from './CommandContext';
import { findMigration } from './status';

export function restoreCommand(context: CommandContext): Command {
  return addRunOptions(addTargetOptions(apiCommand('restore')))
    .description('start a stored checkpoint in a cluster')
    .argument(
      '<migration>',
      'the migration whose checkpoints are started, by its id or its pod',
    )
    .action((name: string, options: ApiOptions & OrderOptions & RunOptions) =>
      withApi(context, options, async connected => {
        const { api } = connected;
        const { id, source, entityRef } = await findMigration(api, name);
        const started = await api.migrations.start({
          mode: 'restore',
          checkpointsOf: id,
          sourceCluster: source.cluster,
          targetCluster:
            options.destCluster ?? (await otherCluster(api, source.cluster)),
          namespace: source.namespace,
          targetNamespace: options.targetNamespace,
          pod: source.pod,
          quarantine: options.quarantine,
          copyConfigMaps: options.copyConfigMaps,
          copySecrets: options.copySecrets,
          copyVolumes: options.copyVolumes,
          entityRef: options.entity ?? entityRef,
          reason: options.reason,
        });
        await runToEnd(connected, started, options);
      }),
    );
}

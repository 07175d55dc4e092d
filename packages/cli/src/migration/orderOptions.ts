import {
  containments,
  CubemigApi,
  MigrationMode,
  MigrationRequest,
} from '@cubemig/plugin-cubemig-common';
import { Command, Option } from 'commander';
import { findPod, otherCluster } from './findPod';

/** What can be asked of a migration, besides the pod. */
export interface OrderOptions {
  sourceCluster?: string;
  destCluster?: string;
  namespace?: string;
  targetNamespace?: string;
  container?: string[];
  mode: Exclude<MigrationMode, 'restore'>;
  wholeWorkload?: boolean;
  quarantine?: boolean;
  contain: (typeof containments)[number];
  copyConfigMaps?: boolean;
  copySecrets?: boolean;
  copyVolumes: boolean;
  forensicAnalysis?: boolean;
  aiSuggestion?: boolean;
  entity?: string;
  reason?: string;
}

/** Options of what is done to the restored pod's surroundings; of `restore` as well. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--dest-cluster <cluster>', 'the cluster that takes the pod')
    .option('--target-namespace <namespace>', 'where the pod goes there')
    .option('--quarantine', 'cut off: no network, no Secrets, no rights')
    .option('--copy-config-maps', 'copy ConfigMaps that the target lacks')
    .option('--copy-secrets', 'copy Secrets that the target lacks')
    .option('--no-copy-volumes', 'leave the files of emptyDir volumes behind')
    .option('--entity <ref>', 'the catalog entity that the pod belongs to')
    .option('--reason <text>', 'why, for the history');
}

/** Options of `migrate` and `plan`. */
export function addOrderOptions(command: Command): Command {
  return addTargetOptions(
    command
      .argument('<pod>', "the pod's name, or that of a workload with one pod")
      .option('--source-cluster <cluster>', 'where the pod runs')
      .option('-n, --namespace <namespace>', "the pod's namespace")
      .option(
        '--container <name...>',
        'containers whose processes travel (default: all)',
      )
      .addOption(
        new Option(
          '--mode <mode>',
          'move the pod, copy it, or only take a checkpoint',
        )
          .choices(['move', 'copy', 'checkpoint'])
          .default('move'),
      )
      .addOption(
        new Option(
          '--contain <how>',
          'what happens to the source once the checkpoint is safe',
        )
          .choices(containments)
          .default('none'),
      )
      .option(
        '--whole-workload',
        "have the workload's other pods follow, each as a migration of its own",
      )
      .option('--forensic-analysis', 'take the checkpoint apart')
      .option(
        '--ai-suggestion',
        'have a language model assess it; implies --forensic-analysis',
      ),
  );
}

/** The request that a command line means. What is left out is looked up, as long as there is only one possibility. */
export async function readOrder(
  api: CubemigApi,
  name: string,
  options: OrderOptions,
): Promise<MigrationRequest> {
  const pod = await findPod(api, name, options);
  const target =
    options.mode === 'checkpoint'
      ? undefined
      : options.destCluster ?? (await otherCluster(api, pod.cluster));
  return {
    mode: options.mode,
    sourceCluster: pod.cluster,
    targetCluster: target,
    namespace: pod.namespace,
    targetNamespace: options.targetNamespace,
    pod: pod.name,
    podUid: pod.uid,
    containers: options.container,
    wholeWorkload: options.wholeWorkload,
    quarantine: options.quarantine,
    contain: options.contain,
    copyConfigMaps: options.copyConfigMaps,
    copySecrets: options.copySecrets,
    copyVolumes: options.copyVolumes,
    forensicAnalysis:
      options.forensicAnalysis || options.aiSuggestion ? true : undefined,
    aiAssessment: options.aiSuggestion,
    entityRef: options.entity,
    reason: options.reason,
  };
}

import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { listPods } from '../migration/findPod';
import { formatJson } from '../output/json';
import { formatTable } from '../output/table';
import { CommandContext } from './CommandContext';

interface PodsOptions extends ApiOptions {
  namespace?: string;
}

export function podsCommand(context: CommandContext): Command {
  return apiCommand('pods')
    .description('list pods, each with what keeps it from being migrated')
    .argument('[cluster]', 'only of this cluster')
    .option('-n, --namespace <namespace>', 'only of this namespace')
    .action((cluster: string | undefined, options: PodsOptions) =>
      withApi(context, options, async ({ api, terminal }) => {
        const pods = await listPods(api, {
          sourceCluster: cluster,
          namespace: options.namespace,
        });
        terminal.write(
          options.output === 'json'
            ? formatJson(pods)
            : formatTable(
                [
                  'Cluster',
                  'Namespace',
                  'Pod',
                  'Owner',
                  'Status',
                  'Restarts',
                  'Node',
                  'Obstacle',
                ],
                pods.map(pod => [
                  pod.cluster,
                  pod.namespace,
                  pod.name,
                  pod.owner ? `${pod.owner.kind}/${pod.owner.name}` : '',
                  pod.status,
                  String(pod.restarts),
                  pod.node ?? '',
                  pod.obstacle?.code ?? '',
                ]),
              ),
        );
      }),
    );
}

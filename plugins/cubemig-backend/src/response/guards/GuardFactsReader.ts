import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { AlertRecord } from '../../alerts';
import { runsContainer } from '../../alerts';
import { ClusterClient, Clusters } from '../../clusters';
import { MigrationStore } from '../../migration';
import { DecisionStore } from '../decisions';
import { ResponseConfig } from '../responseConfig';
import { GuardFacts, PodFacts } from './GuardFacts';

/** CRIU's traces may be reported a little after the migration's end. */
const JUST_ENDED_MS = 60_000;
const HOUR_MS = 3_600_000;
const SCALED = ['Deployment', 'ReplicaSet', 'StatefulSet'] as const;

/** Reads all that guards look at. */
export class GuardFactsReader {
  constructor(
    private readonly options: {
      clusters: Clusters;
      config: ResponseConfig;
      decisions: DecisionStore;
      grantedNamespaces: string[];
      migrations: Pick<MigrationStore, 'list'>;
      protectedNamespaces: string[];
    },
  ) {}

  /** @throws ClusterApiError if the alert's cluster cannot tell about the pod */
  async read(
    alert: AlertRecord,
    rule: ResponseRule,
    touchesPod: boolean,
  ): Promise<GuardFacts> {
    const { config, decisions, grantedNamespaces, protectedNamespaces } =
      this.options;
    const now = Date.now();
    const lookBackMs = Math.max(
      HOUR_MS,
      config.breaker.windowSeconds * 1000,
      rule.cooldownSeconds * 1000,
    );
    const [ofAlert, earlier, { isOn }, migrations, pod] = await Promise.all([
      decisions.listOfAlert(alert.id),
      decisions.listEarlier({
        cluster: alert.cluster,
        lineage: alert.lineage,
        since: new Date(now - lookBackMs).toISOString(),
      }),
      decisions.getSwitch(),
      touchesPod ? this.readMigrations(alert, now) : [],
      touchesPod ? this.readPod(alert) : undefined,
    ]);
    return {
      now,
      alert,
      rule,
      touchesPod,
      targetCluster: chooseTarget(rule, alert, config),
      config,
      grantedNamespaces,
      protectedNamespaces,
      isSwitchedOn: isOn,
      pod,
      migrations,
      ofAlert,
      earlier,
    };
  }

  private async readMigrations({ pod }: AlertRecord, now: number) {
    if (!pod) return [];
    // A restored pod keeps its name: these are the pod's own, whichever side the alert is from.
    const { items } = await this.options.migrations.list({ pod, limit: 50 });
    return items.filter(
      ({ finishedAt }) =>
        !finishedAt || Date.parse(finishedAt) > now - JUST_ENDED_MS,
    );
  }

  private async readPod(alert: AlertRecord): Promise<PodFacts | undefined> {
    const { cluster, namespace, pod: name, podUid, containerId } = alert;
    const isGranted =
      namespace && this.options.grantedNamespaces.includes(namespace);
    if (!isGranted || !name || !podUid) return undefined;
    const client = await this.options.clusters.getClient(cluster);
    const pod = await client.get('Pod', { namespace, name });
    if (!pod || pod.metadata?.uid !== podUid) return undefined;
    return {
      uid: podUid,
      labels: pod.metadata.labels ?? {},
      hasContainer:
        containerId === undefined || runsContainer(pod, containerId),
      isTerminating: pod.metadata.deletionTimestamp !== undefined,
      replicas: this.options.config.protectSingleReplicas
        ? await readReplicas(client, alert)
        : undefined,
    };
  }
}

/** Where a rule's migration goes; of quarantine clusters, the first that is not the alert's own. */
export function chooseTarget(
  { target }: ResponseRule,
  { cluster }: Pick<AlertRecord, 'cluster'>,
  { quarantine }: ResponseConfig,
): string | undefined {
  if (!target || 'cluster' in target) return target?.cluster;
  return quarantine?.clusters.find(candidate => candidate !== cluster);
}

async function readReplicas(
  client: ClusterClient,
  { workload, namespace }: AlertRecord,
) {
  const kind = SCALED.find(candidate => candidate === workload?.kind);
  if (!kind || !workload) return undefined;
  const object = await client.get(kind, { namespace, name: workload.name });
  return object?.spec?.replicas;
}

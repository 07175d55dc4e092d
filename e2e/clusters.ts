import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
} from '@kubernetes/client-node';
import { keptArchives } from '../scripts/keptArchives.mjs';

/** What the lab and Backstage say of themselves (see environment.mjs). */
export const { lab, appUrl, modelPort } = JSON.parse(
  process.env.CUBEMIG_E2E ?? '{}',
) as {
  appUrl: string;
  modelPort: number;
  lab: {
    kubeconfig: string;
    stateDir: string;
    control: { url: string; token: string };
    clusters: { name: string; alertsToken: string }[];
  };
};

/** Looks at a cluster through its own API, past Backstage and past CubeMig. */
export class ClusterProbe {
  private readonly core: CoreV1Api;
  private readonly apps: AppsV1Api;
  private readonly batch: BatchV1Api;

  constructor(readonly name: string) {
    const config = new KubeConfig();
    config.loadFromFile(lab.kubeconfig);
    config.setCurrentContext(name);
    this.core = config.makeApiClient(CoreV1Api);
    this.apps = config.makeApiClient(AppsV1Api);
    this.batch = config.makeApiClient(BatchV1Api);
  }

  async pods(app: string) {
    const { items } = await this.core.listNamespacedPod({
      namespace: 'demo',
      labelSelector: `app=${app}`,
    });
    return items;
  }

  /** The app's only pod; fails when there are more or none. */
  async onlyPod(app: string) {
    const pods = await this.pods(app);
    if (pods.length !== 1) {
      throw new Error(
        `${this.name} has ${pods.length} pods of ${app} instead of one`,
      );
    }
    return pods[0];
  }

  async log(pod: string): Promise<string[]> {
    const text = await this.core.readNamespacedPodLog({
      namespace: 'demo',
      name: pod,
    });
    return text.trim().split('\n');
  }

  async replicas(deployment: string) {
    const { spec } = await this.apps.readNamespacedDeployment({
      namespace: 'demo',
      name: deployment,
    });
    return spec?.replicas;
  }

  /** What a migration may leave behind nowhere: Jobs, pods of its own, archives on the nodes. */
  async leftovers(): Promise<string[]> {
    const jobs = await this.batch.listNamespacedJob({ namespace: 'cubemig' });
    const couriers = await this.core.listNamespacedPod({
      namespace: 'cubemig',
    });
    const helpers = await this.core.listNamespacedPod({
      namespace: 'demo',
      labelSelector: 'cubemig.io/migration,!app',
    });
    return [
      ...jobs.items.map(job => `job ${job.metadata?.name}`),
      ...couriers.items.map(pod => `pod ${pod.metadata?.name}`),
      ...helpers.items.map(pod => `pod ${pod.metadata?.name}`),
      ...keptArchives(lab.stateDir).filter(file =>
        file.includes(`${this.name}-`),
      ),
    ];
  }
}

/** Where an app's only pod is, whatever moved it before, and the cluster beside. */
export async function findApp(app: string) {
  const probes = ['cluster1', 'cluster2'].map(name => new ClusterProbe(name));
  const pods = await Promise.all(probes.map(probe => probe.pods(app)));
  const at = pods.findIndex(({ length }) => length === 1);
  if (at < 0) throw new Error(`no cluster has one pod of ${app}`);
  return {
    pod: pods[at][0],
    name: pods[at][0].metadata!.name!,
    here: probes[at],
    there: probes[1 - at],
  };
}

/** Does something while the lab has a fault (docs/lab.md). */
export async function withFault(
  fault: { fault: string; cluster?: string; seconds?: number },
  run: () => Promise<void>,
) {
  await changeFaults('POST', fault);
  try {
    await run();
  } finally {
    await changeFaults('DELETE', fault);
  }
}

async function changeFaults(method: 'POST' | 'DELETE', fault: object) {
  const response = await fetch(`${lab.control.url}/faults`, {
    method,
    headers: {
      Authorization: `Bearer ${lab.control.token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`the lab answered ${response.status}`);
}

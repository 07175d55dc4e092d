import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
} from '@kubernetes/client-node';
import { keptArchives } from '../keptArchives.mjs';
import { waitUntil } from '../processes.mjs';

const NAMESPACE = 'demo';
const SOURCE = 'cluster1';
const TARGET = 'cluster2';
const MIGRATION = 'cubemig.io/migration';

/** The clusters as they are, past the backend: workloads to migrate, and whether nothing was lost or left. */
export class World {
  #lab;
  #clusters;

  constructor(lab) {
    this.#lab = lab;
    this.#clusters = Object.fromEntries(
      [SOURCE, TARGET].map(name => [name, connect(lab, name)]),
    );
  }

  /**
   * Makes a workload of one pod in the source cluster and waits until it counts. `kind`: `bare`; `new`, a Deployment that the target does
   * not have; `known`, one that it has. Resolves to what is to be migrated.
   */
  async make(name, kind) {
    const { core, apps } = this.#clusters[SOURCE];
    if (kind === 'bare') {
      const body = { metadata: { name, labels: { app: name } }, spec: podSpec };
      await core.createNamespacedPod({ namespace: NAMESPACE, body });
    } else {
      const body = deployment(name);
      await apps.createNamespacedDeployment({ namespace: NAMESPACE, body });
      if (kind === 'known') {
        await this.#clusters[TARGET].apps.createNamespacedDeployment({
          namespace: NAMESPACE,
          body: { ...body, spec: { ...body.spec, replicas: 0 } },
        });
      }
    }
    let pod;
    await waitUntil(`the pod of ${name}`, async () => {
      [pod] = await this.#pods(SOURCE, name);
      const lines = isReady(pod) ? await this.#log(SOURCE, pod) : [];
      return lines.length > 1;
    });
    const { uid } = pod.metadata;
    return { name, kind, pod: pod.metadata.name, uid };
  }

  /** What is not as it must be after a migration of a workload has ended; nothing, if all is well. */
  async judge(workload, migration) {
    let wrong = [];
    const isWell = async () => {
      wrong = await this.#findWrong(workload, migration);
      return wrong.length === 0;
    };
    // Controllers and kubelets tidy up a moment later.
    await waitUntil('order', isWell, { seconds: 20 }).catch(() => {});
    return wrong;
  }

  async remove({ name, kind }) {
    for (const cluster of [SOURCE, TARGET]) {
      const { core, apps } = this.#clusters[cluster];
      const gone = promise => promise.catch(() => {});
      const key = { namespace: NAMESPACE, name };
      if (kind !== 'bare') await gone(apps.deleteNamespacedDeployment(key));
      await core.deleteCollectionNamespacedPod({
        namespace: NAMESPACE,
        labelSelector: `app=${name}`,
      });
    }
  }

  /** What migrations have left behind anywhere, apart from the pods that they were to make. */
  async leftovers() {
    const left = [];
    for (const [cluster, { core, batch }] of Object.entries(this.#clusters)) {
      const own = { namespace: 'cubemig' };
      const helpers = `${MIGRATION},!app`;
      const objects = [
        ...(await batch.listNamespacedJob(own)).items,
        ...(await core.listNamespacedPod(own)).items,
        ...(
          await core.listNamespacedPod({
            namespace: NAMESPACE,
            labelSelector: helpers,
          })
        ).items,
      ];
      left.push(...objects.map(o => `${cluster}: ${o.metadata.name}`));
    }
    return [...left, ...keptArchives(this.#lab.stateDir)];
  }

  /** The pods that belong to a migration, and what they have logged. */
  async traces(id) {
    const pods = [];
    for (const [cluster, { core }] of Object.entries(this.#clusters)) {
      const { items } = await core.listPodForAllNamespaces({
        labelSelector: `${MIGRATION}=${id}`,
      });
      for (const { metadata, status } of items) {
        const { name, namespace } = metadata;
        const log = await core
          .readNamespacedPodLog({ name, namespace })
          .catch(error => error.message);
        pods.push({ cluster, metadata, status, log });
      }
    }
    return { pods };
  }

  /** Lets something go wrong in the lab (see docs/lab.md); without a fault, no more. */
  async setFault(fault) {
    const { url, token } = this.#lab.control;
    const response = await fetch(`${url}/faults`, {
      method: fault ? 'POST' : 'DELETE',
      headers: { Authorization: `Bearer ${token}` },
      body: fault && JSON.stringify(fault),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async #findWrong({ name, kind, uid }, { id, status, target }) {
    const [source, restored] = await Promise.all([
      this.#pods(SOURCE, name),
      this.#pods(TARGET, name),
    ]);
    const wrong = [];
    const demand = (isTrue, text) => isTrue || wrong.push(`${name}: ${text}`);
    const serving = [...source, ...restored].filter(isReady);
    demand(
      serving.length === 1,
      `${serving.length} pods serve instead of one (${status})`,
    );
    const [pod] = serving;
    if (status === 'completed') {
      demand(pod?.metadata.uid === target.uid, 'another pod serves');
      demand(
        source.length === 0,
        'the source is still there although it was moved',
      );
      demand(
        pod && (await this.#countsOn(pod)),
        'its memory was lost: it counts anew',
      );
    } else {
      demand(pod?.metadata.uid === uid, 'the source does not serve');
      const made = restored.filter(p => p.metadata.labels[MIGRATION] === id);
      demand(made.length === 0, 'the restored pod was not removed');
    }
    if (kind !== 'bare') {
      wrong.push(...(await this.#findWrongDeployments(name, kind, status)));
    }
    return wrong;
  }

  async #findWrongDeployments(name, kind, status) {
    const isMoved = status === 'completed';
    const expected = {
      [SOURCE]: isMoved ? 0 : 1,
      [TARGET]: isMoved ? 1 : kind === 'known' ? 0 : undefined,
    };
    const wrong = [];
    for (const [cluster, replicas] of Object.entries(expected)) {
      const found = await this.#clusters[cluster].apps
        .readNamespacedDeployment({ namespace: NAMESPACE, name })
        .catch(() => undefined);
      if (found?.spec.replicas !== replicas) {
        wrong.push(
          `${name}: ${found?.spec.replicas} replicas instead of ${replicas} in ${cluster}`,
        );
      }
      const marks = Object.keys(found?.metadata.labels ?? {}).filter(label =>
        label.startsWith('scaled.cubemig.io/'),
      );
      if (marks.length > 0) wrong.push(`${name}: ${marks} in ${cluster}`);
    }
    return wrong;
  }

  async #pods(cluster, app) {
    const { items } = await this.#clusters[cluster].core.listNamespacedPod({
      namespace: NAMESPACE,
      labelSelector: `app=${app}`,
    });
    return items;
  }

  /** A restored container's log begins before its pod does, with the source's lines, and no number is missing or there twice. */
  async #countsOn(pod) {
    const lines = await this.#log(TARGET, pod);
    const [first] = lines;
    return (
      first?.time < new Date(pod.metadata.creationTimestamp) &&
      lines.every(({ count }, index) => count === first.count + index)
    );
  }

  async #log(cluster, pod) {
    const log = await this.#clusters[cluster].core.readNamespacedPodLog({
      namespace: NAMESPACE,
      name: pod.metadata.name,
      timestamps: true,
    });
    return [...log.matchAll(/^(\S+) count (\d+)$/gm)].map(
      ([, time, count]) => ({ time: new Date(time), count: Number(count) }),
    );
  }
}

const podSpec = {
  terminationGracePeriodSeconds: 1,
  containers: [
    {
      name: 'counter',
      image: 'registry.lab/demo/counter:1',
      env: [{ name: 'COUNTER_INTERVAL_MS', value: '500' }],
    },
  ],
};

function deployment(name) {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec },
    },
  };
}

function isReady(pod) {
  return (
    !pod?.metadata.deletionTimestamp &&
    pod?.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) === true
  );
}

function connect(lab, name) {
  const config = new KubeConfig();
  config.loadFromFile(lab.kubeconfig);
  config.setCurrentContext(name);
  return {
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    batch: config.makeApiClient(BatchV1Api),
  };
}

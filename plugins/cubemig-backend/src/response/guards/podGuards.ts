import { LABEL_HOPS } from '@cubemig/plugin-cubemig-common';
import { Guard } from './GuardFacts';

const PTRACE_RULES = [
  'PTRACE attached to process',
  'PTRACE anti-debug attempt',
];

/** Guards that look at the pod and where it is. */
export const podGuards: Guard[] = [
  {
    name: 'no-pod',
    check: ({ alert }) =>
      alert.podUid
        ? undefined
        : 'CubeMig knows no pod of this alert: it is about a host or a plugin, its pod is gone, or its namespace is not granted',
  },
  {
    name: 'namespace-protected',
    isAskedAgain: true,
    check: ({ alert, grantedNamespaces, protectedNamespaces }) => {
      const { namespace = '' } = alert;
      if (!grantedNamespaces.includes(namespace)) {
        return `The namespace '${namespace}' is not one of cubemig.namespaces`;
      }
      return protectedNamespaces.includes(namespace)
        ? `The namespace '${namespace}' is protected`
        : undefined;
    },
  },
  {
    name: 'own-checkpoint',
    check: ({ alert, migrations }) => {
      if (!PTRACE_RULES.includes(alert.rule)) return undefined;
      const own = migrations.find(({ source, target }) =>
        [source, target].some(
          place =>
            place?.cluster === alert.cluster &&
            place.namespace === alert.namespace &&
            place.pod === alert.pod,
        ),
      );
      return (
        own &&
        `CRIU traces the processes of a pod that it checkpoints or restores (migration ${own.id})`
      );
    },
  },
  {
    name: 'being-migrated',
    isAskedAgain: true,
    check: ({ alert, migrations }) => {
      const other = migrations.find(
        ({ source, finishedAt }) =>
          !finishedAt &&
          source.cluster === alert.cluster &&
          source.namespace === alert.namespace &&
          source.pod === alert.pod,
      );
      return other && `The pod is being migrated already (${other.id})`;
    },
  },
  {
    name: 'pod-gone',
    isAskedAgain: true,
    check: ({ pod }) => {
      if (!pod) return 'The pod is not there any more';
      if (!pod.hasContainer) {
        return 'The container of the alert is not there any more: the pod has restarted it, or another pod has taken the name';
      }
      return pod.isTerminating ? 'The pod is being removed' : undefined;
    },
  },
  {
    name: 'daemon-set',
    check: ({ alert, rule }) =>
      alert.workload?.kind === 'DaemonSet' && rule.action !== 'checkpoint'
        ? 'A DaemonSet runs one pod a node: it cannot go elsewhere'
        : undefined,
  },
  {
    name: 'single-replica',
    check: ({ config, pod, rule }) =>
      config.protectSingleReplicas &&
      rule.action !== 'checkpoint' &&
      (pod?.replicas ?? 1) <= 1
        ? 'It is the only pod of its workload, and cubemig.response.protectSingleReplicas is on'
        : undefined,
  },
  {
    name: 'quarantine',
    isAskedAgain: true,
    check: ({ alert, config: { quarantine }, rule }) => {
      const isInside =
        quarantine?.clusters.includes(alert.cluster) &&
        (!quarantine.namespace || quarantine.namespace === alert.namespace);
      return isInside && rule.action === 'migrate'
        ? 'The pod is in quarantine, and nothing leaves it by itself'
        : undefined;
    },
  },
  {
    name: 'target',
    isAskedAgain: true,
    check: ({ alert, rule, targetCluster }) => {
      if (rule.action !== 'migrate') return undefined;
      if (!targetCluster) {
        return 'The rule goes to quarantine, and cubemig.response.quarantine names no other cluster';
      }
      return targetCluster === alert.cluster
        ? `The pod is on the target cluster '${targetCluster}' already`
        : undefined;
    },
  },
  {
    name: 'hops',
    isAskedAgain: true,
    check: ({ alert, config, pod, rule }) => {
      const labels = pod?.labels ?? alert.podLabels;
      const hops = Number(labels[LABEL_HOPS] ?? 0);
      // What is no number was not written by CubeMig.
      return rule.action === 'migrate' && !(hops < config.maxHops)
        ? `The pod was migrated ${hops} times already; more than ${config.maxHops} is for people`
        : undefined;
    },
  },
];

import type { ResourceType } from '../resources';
import type { KindBehaviour } from './KindBehaviour';
import {
  namespace,
  persistentVolume,
  persistentVolumeClaim,
  secret,
  service,
  storageClass,
} from './core';
import { cronJob, job } from './jobs';
import { pod } from './pod';
import {
  daemonSet,
  deployment,
  replicaSet,
  replicationController,
  statefulSet,
} from './workloads';

const BEHAVIOURS: Record<string, KindBehaviour> = {
  Namespace: namespace,
  Secret: secret,
  Service: service,
  PersistentVolumeClaim: persistentVolumeClaim,
  PersistentVolume: persistentVolume,
  StorageClass: storageClass,
  Pod: pod,
  Deployment: deployment,
  ReplicaSet: replicaSet,
  ReplicationController: replicationController,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Job: job,
  CronJob: cronJob,
};

const NOTHING_SPECIAL: KindBehaviour = {};

export function behaviourOf({ kind }: ResourceType): KindBehaviour {
  return BEHAVIOURS[kind] ?? NOTHING_SPECIAL;
}

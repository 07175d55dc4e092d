import { Checkpoint, Owner, Problem } from '@cubemig/plugin-cubemig-common';
import {
  Kinds,
  KubeNetworkPolicy,
  KubeNode,
  KubePod,
  KubeReplicaSet,
  KubeWorkload,
} from '../../clusters';
import { PlatformSecret, Reference } from '../objects';
import { Reading } from './Reading';

/** The world as a plan sees it: read once, then only thought about. */
export interface Inventory {
  source: SourceInventory;
  /** Absent where nothing is restored. */
  target?: TargetInventory;
  /** The id of another migration of the same pod that is not over. */
  rival?: string;
}

export interface SourceInventory {
  cluster: string;
  /** Why the cluster, or what was asked of it, cannot be used at all; then nothing else is known. */
  problem?: Problem;
  /** The pod as it is, or as it was when the checkpoints of `restore` were taken. */
  pod?: KubePod;
  owner?: Owner;
  /** What owns the pod, if it is of a kind that can be migrated. */
  workload?: KubeWorkload;
  node?: KubeNode;
  /** What migrations before this one say against checkpoints on the node. */
  nodeTrouble?: Problem;
  /** The pods that follow this one, in their order, where the whole workload is to move. */
  followers?: string[];
  hasCourier?: Reading<boolean>;
  /** In the courier's namespace. */
  platformSecrets?: PlatformSecretReading[];
  autoscalers?: Reading<Kinds['HorizontalPodAutoscaler'][]>;
  budgets?: Reading<Kinds['PodDisruptionBudget'][]>;
  policies?: Reading<KubeNetworkPolicy[]>;
  /** Only of the mode `restore`: what lies in the registry. */
  checkpoints?: Checkpoint[];
  volumes?: StoredVolume[];
}

/** A volume's files, as they lie in the migration's repository. */
export interface StoredVolume {
  name: string;
  digest: string;
}

export interface TargetInventory {
  cluster: string;
  problem?: Problem;
  namespace?: Reading<Kinds['Namespace'] | undefined>;
  /** In the restored pod's namespace. */
  platformSecrets?: PlatformSecretReading[];
  /** Whether the restored pod's name is taken. */
  hasPod?: Reading<boolean>;
  nodes?: Reading<KubeNode[]>;
  /** The workload of the same kind and name. */
  workload?: Reading<KubeWorkload | undefined>;
  replicaSets?: Reading<KubeReplicaSet[]>;
  /** Whether the source workload's headless Service is here, too. */
  hasService?: Reading<boolean>;
  autoscalers?: Reading<Kinds['HorizontalPodAutoscaler'][]>;
  policies?: Reading<KubeNetworkPolicy[]>;
  references: ReferenceReading[];
}

/** A Secret that config names, and whether it is there. */
export interface PlatformSecretReading extends PlatformSecret {
  namespace: string;
  isThere: Reading<boolean>;
}

/** Something that the pod needs, in both clusters. */
export interface ReferenceReading extends Reference {
  /** Only of what can be compared or copied. */
  source?: Reading<Content | undefined>;
  target: Reading<Content | undefined>;
}

/** What is in an object. Of a Secret the values are keyed hashes: equal or not is all that a plan needs to know. */
export interface Content {
  data?: Record<string, string>;
  /** Kept from changes for ever. */
  isImmutable?: boolean;
}

import { z } from 'zod';
import {
  clusterName,
  namespaceName,
  objectName,
  timestamp,
} from './kubernetes';

/** Something that is wrong, in words for a person, and what to do about it. */
export const problemSchema = z.object({
  /** A stable, kebab-case word that programs can match on. */
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A cluster of Backstage's Kubernetes config, as CubeMig sees it. */
export const clusterSchema = z.object({
  name: clusterName,
  title: z.string().optional(),
  /** The Kubernetes version, for example `v1.36.2`; absent while the cluster cannot be reached. */
  version: z.string().optional(),
  /** Why migrations from or to this cluster cannot work now. */
  problem: problemSchema.optional(),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** A namespace in which config lets CubeMig work. */
export const namespaceSchema = z.object({
  cluster: clusterName,
  name: namespaceName,
});
export type Namespace = z.infer<typeof namespaceSchema>;

export const nodeSchema = z.object({
  cluster: clusterName,
  name: z.string(),
  ready: z.boolean(),
  schedulable: z.boolean(),
  architecture: z.string(),
  kernelVersion: z.string(),
  kubeletVersion: z.string(),
  /** As the node tells it, for example `cri-o://1.37.0`. */
  containerRuntimeVersion: z.string(),
  /** Why no container of this node can be checkpointed; absent if nothing speaks against it. */
  obstacle: problemSchema.optional(),
});
export type Node = z.infer<typeof nodeSchema>;

export const ownerSchema = z.object({ kind: z.string(), name: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

export const podSchema = z.object({
  cluster: clusterName,
  namespace: namespaceName,
  name: objectName,
  uid: z.string(),
  /** The workload that owns the pod: `Deployment` rather than its ReplicaSet; absent for a bare pod. */
  owner: ownerSchema.optional(),
  node: z.string().optional(),
  /** What `kubectl get pods` shows under STATUS: a phase, or a container's reason such as `CrashLoopBackOff`. */
  status: z.string(),
  ready: z.boolean(),
  restarts: z.number().int(),
  createdAt: timestamp,
  containers: z.array(z.object({ name: z.string(), image: z.string() })),
  /** Why this pod cannot be migrated now; absent if it can. */
  obstacle: problemSchema.optional(),
  /** Set on a pod that a migration restored. */
  restoredBy: z
    .object({ migration: z.string(), sourceCluster: z.string() })
    .optional(),
});
export type Pod = z.infer<typeof podSchema>;

/** An entity's pods on one cluster, or why they could not be read. */
export const clusterPodsSchema = z.object({
  cluster: clusterSchema,
  pods: z.array(podSchema),
});
export type ClusterPods = z.infer<typeof clusterPodsSchema>;

import { CHECKPOINT_ERRORS, PULL_ERRORS, RESTORE_ERRORS } from './errorTexts';

/** Where a fault strikes: in one cluster, on one node (or all of a cluster's), or in the registry, which the clusters share. */
export type FaultPlace = 'cluster' | 'node' | 'registry';

export interface FaultKind {
  place: FaultPlace;
  /** The causes that it can have, by name: what is said then. Without a name it is the first. */
  causes?: Record<string, string>;
  /** What `seconds` or `bytes` are where the fault does not say. */
  seconds?: number;
  bytes?: number;
}

/** What can be made to go wrong, for tests and demonstrations. To add one: a row here, and the place in the lab that asks for it. */
export const FAULT_KINDS = {
  /** The kubelet answers as if the dump had failed. */
  'checkpoint-fails': { place: 'node', causes: CHECKPOINT_ERRORS },
  /** The kubelet's answer does not come while the fault is on; after the caller's timeout it is an error. */
  'checkpoint-hangs': { place: 'node' },
  /** The checkpoint succeeds, but the container's first process does not survive it. */
  'checkpoint-restarts-source': { place: 'node' },
  'restore-fails': { place: 'node', causes: RESTORE_ERRORS },
  'pull-fails': { place: 'node', causes: PULL_ERRORS },
  /** Every pull takes so many seconds longer. */
  'pull-slow': { place: 'node', seconds: 10 },
  /** The kubelet's connections are cut. */
  'kubelet-unreachable': { place: 'node' },
  /** The kubelet's connections last; the node's Ready condition is Unknown and the node is tainted. */
  'node-not-ready': { place: 'node' },
  /** Both of these; the node's containers die, nobody says so, and they come back with the node. */
  'node-killed': { place: 'node' },
  /** The node's disk is full: it takes no more pods, and nothing is written. */
  'node-full': { place: 'node' },
  /** The node's clock is ahead by so many seconds; behind, where they are negative. */
  'clock-skew': { place: 'node', seconds: 3600 },
  /** A log's stream is cut after so many bytes. */
  'log-cut': { place: 'node', bytes: 64 },
  /** The API server's connections are cut. */
  'api-unreachable': { place: 'cluster' },
  /** Open watches are cut at once, new ones after so many seconds. */
  'watch-dropped': { place: 'cluster', seconds: 1 },
  /** Every watch that goes on from a version is told that this version is forgotten: 410. */
  'watch-expired': { place: 'cluster' },
  /** What is pushed finds no room. */
  'registry-full': { place: 'registry' },
  'registry-unauthorized': { place: 'registry' },
  /** Every answer takes so many seconds longer. */
  'registry-slow': { place: 'registry', seconds: 5 },
  /** Every answer is 503. */
  'registry-fails': { place: 'registry' },
  /** A blob's connection is cut after so many bytes, on its way in and on its way out. */
  'registry-cuts': { place: 'registry', bytes: 1024 },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULT_KINDS;

export function faultKind(name: FaultName): FaultKind {
  return FAULT_KINDS[name];
}

import type { ClusterStore } from '../api/ClusterStore';
import type { Controller } from './Controller';
import { deploymentController } from './deployment/deploymentController';
import { garbageCollector } from './garbageCollector';
import { jobController } from './job/jobController';
import { namespaceController } from './namespaceController';
import { replicaSetController } from './replicaSetController';
import { scheduler } from './scheduler';

/** The controllers that every cluster of the lab runs. */
export function allControllers(
  store: ClusterStore,
  options: { caPem: string },
): Controller[] {
  return [
    namespaceController(store, options.caPem),
    deploymentController(store),
    replicaSetController(store),
    jobController(store),
    scheduler(store),
    garbageCollector(store),
  ];
}

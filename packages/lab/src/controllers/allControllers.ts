import type { ClusterStore } from '../api/ClusterStore';
import type { Controller } from './Controller';
import { deploymentController } from './deployment/deploymentController';
import { disruptionController } from './disruption/disruptionController';
import { endpointsController } from './endpoints/endpointsController';
import { evictionController } from './evictionController';
import { garbageCollector } from './garbageCollector';
import { jobController } from './job/jobController';
import { namespaceController } from './namespaceController';
import { replicaSetController } from './replicaSetController';
import { scheduler } from './scheduler';
import { statefulSetController } from './statefulSet/statefulSetController';
import { volumeController } from './volumeController';

/** The controllers that every cluster of the lab runs. */
export function allControllers(
  store: ClusterStore,
  options: { caPem: string; evictionSeconds?: number },
): Controller[] {
  return [
    namespaceController(store, options.caPem),
    deploymentController(store),
    replicaSetController(store),
    statefulSetController(store),
    jobController(store),
    endpointsController(store),
    disruptionController(store),
    volumeController(store),
    scheduler(store),
    evictionController(store, options),
    garbageCollector(store),
  ];
}

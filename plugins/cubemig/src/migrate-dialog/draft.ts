import {
  Containment,
  MigrationMode,
  MigrationRequest,
} from '@cubemig/plugin-cubemig-common';
import { Passenger } from './passenger';

/** What a user has chosen so far. */
export interface Draft {
  mode: MigrationMode;
  targetCluster: string;
  targetNamespace: string;
  wholeWorkload: boolean;
  /** Names of the containers whose processes travel. */
  containers: string[];
  forensicAnalysis: boolean;
  aiAssessment: boolean;
  copyVolumes: boolean;
  copyConfigMaps: boolean;
  copySecrets: boolean;
  quarantine: boolean;
  contain: Containment;
  reason: string;
}

export const draftOf = (pod: Passenger, targetCluster: string): Draft => ({
  mode: pod.checkpointsOf ? 'restore' : 'move',
  targetCluster,
  targetNamespace: '',
  wholeWorkload: false,
  containers: pod.containers.map(({ name }) => name),
  forensicAnalysis: true,
  aiAssessment: false,
  copyVolumes: true,
  copyConfigMaps: false,
  copySecrets: false,
  quarantine: false,
  contain: 'none',
  reason: '',
});

/** The draft without what does not belong to its mode. */
export function requestOf(
  pod: Passenger,
  draft: Draft,
  entityRef: string | undefined,
): MigrationRequest {
  const { mode, targetNamespace, containers } = draft;
  return {
    mode,
    sourceCluster: pod.cluster,
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    entityRef,
    reason: draft.reason.trim() || undefined,
    ...(mode !== 'checkpoint' && {
      targetCluster: draft.targetCluster,
      targetNamespace: targetNamespace.trim() || undefined,
    }),
    ...(hasFollowers(pod, draft) && { wholeWorkload: draft.wholeWorkload }),
    // A move serves somebody: it cannot be shut away.
    ...(canBeQuarantined(draft) && { quarantine: draft.quarantine }),
    ...(mode === 'restore'
      ? // A pod may have containers of which there is no checkpoint: those start anew.
        { checkpointsOf: pod.checkpointsOf, containers }
      : {
          ...optionsOf(draft),
          containers:
            containers.length < pod.containers.length ? containers : undefined,
        }),
  };
}

export function canBeQuarantined({ mode }: Draft): boolean {
  return mode === 'copy' || mode === 'restore';
}

/** Whether the workload's other pods can follow this one. */
export function hasFollowers({ companions }: Passenger, { mode }: Draft) {
  return mode === 'move' && Boolean(companions);
}

/** Whether ConfigMaps and Secrets can go along: what is in quarantine gets empty ones. */
export function canTakeReferences({ mode, quarantine }: Draft): boolean {
  return mode === 'move' || (mode === 'copy' && !quarantine);
}

/** What can be chosen where a checkpoint is taken. */
function optionsOf(draft: Draft): Partial<MigrationRequest> {
  const { mode, contain, aiAssessment, forensicAnalysis } = draft;
  return {
    forensicAnalysis,
    aiAssessment: forensicAnalysis && aiAssessment,
    ...(mode !== 'checkpoint' && { copyVolumes: draft.copyVolumes }),
    ...(canTakeReferences(draft) && {
      copyConfigMaps: draft.copyConfigMaps,
      copySecrets: draft.copySecrets,
    }),
    // A move stops its source anyway.
    ...(mode !== 'move' && { contain }),
  };
}

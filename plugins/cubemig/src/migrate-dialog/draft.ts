import {
  Containment,
  MigrationMode,
  MigrationRequest,
  Pod,
} from '@cubemig/plugin-cubemig-common';

/** What a user has chosen so far. */
export interface Draft {
  mode: Exclude<MigrationMode, 'restore'>;
  targetCluster: string;
  targetNamespace: string;
  forensicAnalysis: boolean;
  aiAssessment: boolean;
  copyVolumes: boolean;
  copyConfigMaps: boolean;
  quarantine: boolean;
  contain: Containment;
  reason: string;
}

export const draftOf = (targetCluster: string): Draft => ({
  mode: 'move',
  targetCluster,
  targetNamespace: '',
  forensicAnalysis: true,
  aiAssessment: false,
  copyVolumes: true,
  copyConfigMaps: false,
  quarantine: false,
  contain: 'none',
  reason: '',
});

/** The draft without what does not belong to its mode. */
export function requestOf(
  pod: Pod,
  draft: Draft,
  entityRef: string | undefined,
): MigrationRequest {
  const { mode, contain, aiAssessment, forensicAnalysis } = draft;
  const isRestored = mode !== 'checkpoint';
  return {
    mode,
    sourceCluster: pod.cluster,
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    entityRef,
    forensicAnalysis,
    aiAssessment: forensicAnalysis && aiAssessment,
    reason: draft.reason.trim() || undefined,
    ...(isRestored && {
      targetCluster: draft.targetCluster,
      targetNamespace: draft.targetNamespace.trim() || undefined,
      copyVolumes: draft.copyVolumes,
      copyConfigMaps: draft.copyConfigMaps,
    }),
    // A move stops its source anyway.
    ...(mode !== 'move' && { contain }),
    ...(mode === 'copy' && { quarantine: draft.quarantine }),
  };
}

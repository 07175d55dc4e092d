import { createPermission } from '@backstage/plugin-permission-common';

/** To see clusters, their namespaces, nodes and pods. */
export const cubemigClusterReadPermission = createPermission({
  name: 'cubemig.cluster.read',
  attributes: { action: 'read' },
});

/** To see migrations and their timelines. */
export const cubemigMigrationReadPermission = createPermission({
  name: 'cubemig.migration.read',
  attributes: { action: 'read' },
});

/**
 * Permissions that are tied to the catalog entity whose pods they are about: a policy can give them to its owners with the catalog's
 * own conditions. Without an entity, only who has them for all entities passes.
 */
const resourceType = 'catalog-entity';

/** To plan and start a migration, and to start a failed one again. */
export const cubemigMigrationCreatePermission = createPermission({
  name: 'cubemig.migration.create',
  attributes: { action: 'create' },
  resourceType,
});

/** To stop a migration. */
export const cubemigMigrationCancelPermission = createPermission({
  name: 'cubemig.migration.cancel',
  attributes: { action: 'update' },
  resourceType,
});

/** To keep a migration's checkpoints as evidence, and to let them go again. */
export const cubemigMigrationHoldPermission = createPermission({
  name: 'cubemig.migration.hold',
  attributes: { action: 'update' },
  resourceType,
});

/** To have a migration copy Secrets that the target lacks. */
export const cubemigSecretCopyPermission = createPermission({
  name: 'cubemig.secret.copy',
  attributes: { action: 'create' },
  resourceType,
});

/** To delete a pod. */
export const cubemigPodDeletePermission = createPermission({
  name: 'cubemig.pod.delete',
  attributes: { action: 'delete' },
  resourceType,
});

/** To see alerts and what was decided about them. */
export const cubemigAlertReadPermission = createPermission({
  name: 'cubemig.alert.read',
  attributes: { action: 'read' },
  resourceType,
});

/** To acknowledge and close alerts. */
export const cubemigAlertHandlePermission = createPermission({
  name: 'cubemig.alert.handle',
  attributes: { action: 'update' },
  resourceType,
});

/** To see response rules, their history and the switch over all of them. */
export const cubemigRuleReadPermission = createPermission({
  name: 'cubemig.rule.read',
  attributes: { action: 'read' },
});

/** To add, change, order and delete response rules. */
export const cubemigRuleWritePermission = createPermission({
  name: 'cubemig.rule.write',
  attributes: { action: 'update' },
});

/** To approve or reject what a response rule asks to do. */
export const cubemigDecisionApprovePermission = createPermission({
  name: 'cubemig.decision.approve',
  attributes: { action: 'update' },
});

/** To switch all automatic responses off and on. */
export const cubemigResponseSwitchPermission = createPermission({
  name: 'cubemig.response.switch',
  attributes: { action: 'update' },
});

/** To see forensic reports, findings and assessments, and to search stored checkpoints; secrets stay masked. */
export const cubemigForensicsReadPermission = createPermission({
  name: 'cubemig.forensics.read',
  attributes: { action: 'read' },
  resourceType,
});

/** To see a secret that reports mask. Audited. It reads, but what it shows opens doors: it counts as more than reading. */
export const cubemigForensicsRevealSecretsPermission = createPermission({
  name: 'cubemig.forensics.reveal-secrets',
  attributes: {},
  resourceType,
});

/** To have a language model assess a report: what is in it, redacted, leaves the house. */
export const cubemigAssessmentCreatePermission = createPermission({
  name: 'cubemig.assessment.create',
  attributes: { action: 'create' },
  resourceType,
});

/** To run harmless attacks in pods that are labelled for them. */
export const cubemigSimulationRunPermission = createPermission({
  name: 'cubemig.simulation.run',
  attributes: { action: 'create' },
});

/** All of CubeMig's permissions. */
export const cubemigPermissions = [
  cubemigClusterReadPermission,
  cubemigMigrationReadPermission,
  cubemigMigrationCreatePermission,
  cubemigMigrationCancelPermission,
  cubemigMigrationHoldPermission,
  cubemigSecretCopyPermission,
  cubemigPodDeletePermission,
  cubemigAlertReadPermission,
  cubemigAlertHandlePermission,
  cubemigRuleReadPermission,
  cubemigRuleWritePermission,
  cubemigDecisionApprovePermission,
  cubemigResponseSwitchPermission,
  cubemigForensicsReadPermission,
  cubemigForensicsRevealSecretsPermission,
  cubemigAssessmentCreatePermission,
  cubemigSimulationRunPermission,
];

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

/** To start a migration. */
export const cubemigMigrationCreatePermission = createPermission({
  name: 'cubemig.migration.create',
  attributes: { action: 'create' },
});

/** To see alerts and what was decided about them. */
export const cubemigAlertReadPermission = createPermission({
  name: 'cubemig.alert.read',
  attributes: { action: 'read' },
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
});

/** To see a secret that reports mask. Audited. It reads, but what it shows opens doors: it counts as more than reading. */
export const cubemigForensicsRevealSecretsPermission = createPermission({
  name: 'cubemig.forensics.reveal-secrets',
  attributes: {},
});

/** To have a language model assess a report: what is in it, redacted, leaves the house. */
export const cubemigAssessmentCreatePermission = createPermission({
  name: 'cubemig.assessment.create',
  attributes: { action: 'create' },
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
  cubemigAlertReadPermission,
  cubemigRuleReadPermission,
  cubemigRuleWritePermission,
  cubemigDecisionApprovePermission,
  cubemigResponseSwitchPermission,
];

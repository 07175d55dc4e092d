import { blocker, Finding, PlanContext } from '../PlanContext';

/** Namespaces from which and into which nothing is migrated, whoever asks. */
export function inspectProtection({ order, config }: PlanContext): Finding[] {
  const { namespace, targetNamespace = namespace } = order;
  const { protectedNamespaces } = config.migration;
  const hit = [namespace, targetNamespace].find(
    name =>
      protectedNamespaces.includes(name) || name === config.courier.namespace,
  );
  if (!hit) return [];
  return [
    blocker(
      {
        code: 'namespace-protected',
        message: `The namespace '${hit}' is protected: no pod of it is migrated, and none into it.`,
        remedy:
          'Choose another; cubemig.migration.protectedNamespaces in app-config lists those that are protected.',
      },
      { object: `Namespace ${hit}` },
    ),
  ];
}

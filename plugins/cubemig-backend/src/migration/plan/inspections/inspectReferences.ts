import { ReferenceReading } from '../Inventory';
import { blocker, Finding, TargetContext, warning } from '../PlanContext';
import { stateOf, isCopied } from '../compareReferences';

/** Whether the target has what the pod needs, and the same. */
export function inspectReferences(context: TargetContext): Finding[] {
  const { target, place } = context;
  const about = { cluster: target.cluster };
  const inState = (state: string) =>
    target.references.filter(
      reference =>
        stateOf(reference) === state && !isCopied(reference, context),
    );
  const account = inState('missing').find(r => r.kind === 'ServiceAccount');
  const missing = inState('missing').filter(r => r !== account);
  const unreadable = inState('unreadable');
  const different = inState('different');
  const findings: Finding[] = [];
  if (account) {
    findings.push(
      blocker(
        {
          code: 'service-account-missing',
          message: `The namespace '${place.namespace}' of cluster '${target.cluster}' has no ServiceAccount '${account.name}'.`,
          remedy: `Create it: kubectl -n ${place.namespace} create serviceaccount ${account.name}`,
        },
        {
          ...about,
          object: `ServiceAccount ${place.namespace}/${account.name}`,
        },
      ),
    );
  }
  if (missing.length > 0) {
    findings.push(
      blocker(
        {
          code: 'references-missing',
          message: `The namespace '${place.namespace}' of cluster '${
            target.cluster
          }' lacks what the pod needs: ${list(missing)}.`,
          remedy: remedyFor(missing),
        },
        { ...about, object: name(missing[0]) },
      ),
    );
  }
  if (unreadable.length > 0) {
    findings.push(
      warning(
        {
          code: 'references-unreadable',
          message: `Backstage may not look whether '${
            target.cluster
          }' has ${list(
            unreadable,
          )}; without them the pod will not start there.`,
          remedy:
            "Look yourself, or grant Backstage's ServiceAccount the right to get them.",
        },
        about,
      ),
    );
  }
  if (different.length > 0) {
    findings.push(
      warning(
        {
          code: 'references-differ',
          message: `In '${target.cluster}', ${list(
            different,
          )} hold(s) something else than in the source.`,
          remedy:
            'What the processes have read already they keep; files that they read again show the values of the target.',
        },
        { ...about, object: name(different[0]) },
      ),
    );
  }
  return findings;
}

function remedyFor(missing: ReferenceReading[]) {
  const kinds = missing.map(({ kind }) => kind);
  if (kinds.every(kind => kind === 'ConfigMap')) {
    return 'Have them copied (copyConfigMaps), or create them there, then migrate again.';
  }
  if (kinds.includes('PersistentVolumeClaim')) {
    return 'Create them there, then migrate again. The data of a claim must be brought over by its storage; CubeMig does not copy it.';
  }
  return 'Create them there, then migrate again.';
}

function list(references: ReferenceReading[]) {
  return references.map(name).join(', ');
}

function name(reference: ReferenceReading) {
  return `${reference.kind} '${reference.name}'`;
}

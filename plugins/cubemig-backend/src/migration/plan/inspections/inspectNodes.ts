import { judgeNode, parseVersion } from '../../../pods';
import { blocker, Finding, TargetContext, warning } from '../PlanContext';
import { valueOf } from '../Reading';

/** Whether one of the target's nodes can restore the pod. */
export function inspectNodes(context: TargetContext): Finding[] {
  const { target } = context;
  const about = { cluster: target.cluster };
  if (target.nodes && !target.nodes.isReadable) {
    return [
      warning(
        {
          code: 'nodes-unreadable',
          message: `Backstage may not read the nodes of '${target.cluster}': whether one fits is known only when it is tried.`,
          remedy:
            "Grant Backstage's ServiceAccount to get and list nodes (deploy/ does).",
        },
        about,
      ),
    ];
  }
  const judged = judgeNodes(context);
  const fitting = judged.filter(({ problems }) => problems.length === 0);
  if (fitting.length > 0) return inspectKernels(context, fitting);
  // Of the node that is closest to fitting, since that one is the easiest to mend.
  const [closest] = [...judged].sort(
    (left, right) => left.problems.length - right.problems.length,
  );
  const problem = closest?.problems[0] ?? {
    code: 'no-node-fits',
    message: `The cluster '${target.cluster}' has no node.`,
    remedy: 'Add one, or choose another cluster.',
  };
  return [
    blocker(problem, { ...about, object: closest && `Node ${closest.name}` }),
  ];
}

/** Each of the target's nodes with everything that speaks against it. */
export function judgeNodes({ target, pod, inventory }: TargetContext) {
  return (valueOf(target.nodes) ?? []).map(node => ({
    name: node.metadata?.name ?? '',
    kernel: node.status?.nodeInfo?.kernelVersion,
    problems: judgeNode(node, pod, inventory.source.node),
  }));
}

/** CRIU promises nothing for a kernel older than the one that was dumped on. */
function inspectKernels(
  { inventory, target }: TargetContext,
  fitting: { name: string; kernel?: string }[],
): Finding[] {
  const origin = inventory.source.node?.status?.nodeInfo?.kernelVersion;
  const older = fitting.filter(({ kernel }) => isOlder(kernel, origin));
  if (older.length < fitting.length) return [];
  return [
    warning(
      {
        code: 'kernel-older',
        message: `The nodes of '${target.cluster}' that fit run an older kernel (${older[0].kernel}) than the source's node (${origin}).`,
        remedy:
          'CRIU may refuse to restore there; bring the kernels to the same release.',
      },
      { cluster: target.cluster },
    ),
  ];
}

function isOlder(kernel: string | undefined, than: string | undefined) {
  const left = parseVersion(kernel);
  const right = parseVersion(than);
  if (!left || !right) return false;
  return left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
}

import { MigrationOrder, Plan } from '@cubemig/plugin-cubemig-common';
import { CubemigConfig } from '../../config';
import { placeOf } from '../objects';
import { strategyOf } from '../steps/workloads';
import { compareReferences } from './compareReferences';
import { inspectContainers } from './inspections/inspectContainers';
import { inspectContainment } from './inspections/inspectContainment';
import { inspectGovernance } from './inspections/inspectGovernance';
import { inspectImages } from './inspections/inspectImages';
import { inspectNodes, judgeNodes } from './inspections/inspectNodes';
import { inspectPlace } from './inspections/inspectPlace';
import { inspectPlatformSecrets } from './inspections/inspectPlatformSecrets';
import { inspectProtection } from './inspections/inspectProtection';
import { inspectReferences } from './inspections/inspectReferences';
import { inspectSigner } from './inspections/inspectSigner';
import { inspectSource } from './inspections/inspectSource';
import { inspectVolumes } from './inspections/inspectVolumes';
import { Inventory } from './Inventory';
import { planActions } from './planActions';
import { blocker, Finding, PlanContext, TargetContext } from './PlanContext';

/** What is looked at wherever a checkpoint comes from, the most basic first. */
const SOURCE_INSPECTIONS: ((context: PlanContext) => Finding[])[] = [
  inspectProtection,
  inspectSource,
  inspectContainers,
  inspectSigner,
  inspectPlatformSecrets,
  inspectContainment,
];

/** What is looked at wherever a pod is restored. */
const TARGET_INSPECTIONS: ((context: TargetContext) => Finding[])[] = [
  inspectPlace,
  inspectReferences,
  inspectNodes,
  inspectImages,
  inspectVolumes,
  inspectGovernance,
];

/** Stands for the id that a migration gets only when it is started; objects are named after it. */
const PREVIEW = 'preview';

/**
 * What a migration will do, and what stands against it. Pure: everything that it knows of the world is in the inventory.
 *
 * @param migration - the migration's id, where there is one already
 */
export function planMigration(
  order: MigrationOrder,
  inventory: Inventory,
  config: CubemigConfig,
  migration: string = PREVIEW,
): Plan {
  const { source, target } = inventory;
  const { pod } = source;
  const troubled = [source, target].flatMap(cluster =>
    cluster?.problem
      ? [blocker(cluster.problem, { cluster: cluster.cluster })]
      : [],
  );
  const place = placeOf(order);
  const head = {
    mode: order.mode,
    source: {
      cluster: order.sourceCluster,
      namespace: order.namespace,
      pod: order.pod,
      uid: pod?.metadata?.uid,
      node: pod?.spec?.nodeName,
      owner: source.owner,
    },
    target: place,
  };
  if (!pod) {
    return {
      ...head,
      ...sort(troubled),
      actions: [],
      nodes: [],
      references: [],
    };
  }
  const context: PlanContext = { order, config, inventory, pod };
  const beyond: TargetContext | undefined =
    target && !target.problem && place
      ? { ...context, target, place }
      : undefined;
  const findings = [
    ...troubled,
    ...SOURCE_INSPECTIONS.flatMap(inspect => inspect(context)),
    ...(beyond ? TARGET_INSPECTIONS.flatMap(inspect => inspect(beyond)) : []),
    ...(beyond ? inspectWorkload(beyond) : []),
  ];
  const isPossible = !findings.some(({ isBlocker }) => isBlocker);
  return {
    ...head,
    ...sort(findings),
    // Of what cannot be, nothing can be said.
    actions: isPossible ? planActions(context, beyond, migration) : [],
    nodes: (beyond ? judgeNodes(beyond) : []).map(({ name, problems }) => ({
      name,
      fits: problems.length === 0,
      reasons: problems.map(({ message }) => message),
    })),
    references: beyond ? compareReferences(beyond) : [],
  };
}

/** Only who takes over is given to the target's workload. */
function inspectWorkload(context: TargetContext): Finding[] {
  if (context.order.mode !== 'move') return [];
  return strategyOf(context.inventory.source.owner)?.inspect(context) ?? [];
}

function sort(findings: Finding[]) {
  const select = (isBlocker: boolean) =>
    findings
      .filter(found => found.isBlocker === isBlocker)
      .map(({ finding }) => finding);
  return { blockers: select(true), warnings: select(false) };
}

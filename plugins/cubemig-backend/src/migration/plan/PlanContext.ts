import {
  MigrationOrder,
  PlanFinding,
  Problem,
} from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';
import { Inventory, TargetInventory } from './Inventory';

/** What an inspection looks at. */
export interface PlanContext {
  order: MigrationOrder;
  config: CubemigConfig;
  inventory: Inventory;
  /** The pod that is migrated. */
  pod: KubePod;
}

/** The same where something is restored. */
export interface TargetContext extends PlanContext {
  target: TargetInventory;
  /** Where the restored pod will be. */
  place: { cluster: string; namespace: string; pod: string };
}

/** Something that an inspection has found. */
export interface Finding {
  isBlocker: boolean;
  finding: PlanFinding;
}

type About = Pick<PlanFinding, 'cluster' | 'object'>;

export function blocker(problem: Problem, about: About = {}): Finding {
  return { isBlocker: true, finding: { ...problem, ...about } };
}

export function warning(problem: Problem, about: About = {}): Finding {
  return { isBlocker: false, finding: { ...problem, ...about } };
}

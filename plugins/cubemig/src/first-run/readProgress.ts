import {
  Decision,
  Migration,
  ReportSummary,
  Simulation,
  StepStatus,
} from '@cubemig/plugin-cubemig-common';
import { isActive } from '../migration';

export const firstRunSteps = ['migrate', 'attack', 'watch', 'read'] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];

/** What has happened so far, each list newest first. */
export interface Happenings {
  /** Moves that people asked for. */
  moves: Migration[];
  simulations: Simulation[];
  /** Decisions since the first of the simulations. */
  decisions: Decision[];
}

/** How far a newcomer is. */
export interface Progress {
  steps: Record<FirstRunStep, StepStatus>;
  /** The move that counts. */
  move?: Migration;
  /** What was done about an attack. */
  answer?: Decision;
}

/** The decision that moves a pod because of an attack on it: what has succeeded counts more than what is newer. */
export function findAnswer({
  simulations,
  decisions,
}: Happenings): Decision | undefined {
  const answers = decisions.filter(
    ({ migration, pod, createdAt }) =>
      migration &&
      simulations.some(
        attack =>
          attack.pod === pod &&
          Date.parse(attack.startedAt) <= Date.parse(createdAt),
      ),
  );
  return answers.find(({ status }) => status === 'succeeded') ?? answers[0];
}

/**
 * Judges what has happened.
 *
 * @param reports - of the migration that answered the attack
 * @param hasRead - whether this user has looked at a report
 */
export function readProgress(
  happenings: Happenings,
  reports: ReportSummary[],
  hasRead: boolean,
): Progress {
  const { moves, simulations } = happenings;
  const move = moves.find(({ status }) => status === 'completed') ?? moves[0];
  const answer = findAnswer(happenings);
  const isStored = reports.some(({ state }) => state === 'stored');
  return {
    move,
    answer,
    steps: {
      migrate: judge(move?.status === 'completed', move && isActive(move)),
      attack: judge(
        simulations.some(({ status }) => status === 'completed'),
        simulations.some(({ status }) => status === 'running'),
      ),
      watch: judge(
        answer?.status === 'succeeded',
        answer?.status === 'acting' || answer?.status === 'pending',
      ),
      read: judge(isStored && hasRead, false),
    },
  };
}

function judge(isDone: boolean, isUnderWay: boolean | undefined): StepStatus {
  if (isDone) return 'succeeded';
  return isUnderWay ? 'running' : 'pending';
}

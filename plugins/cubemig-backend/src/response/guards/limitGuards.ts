import { EarlierDecision, Guard, GuardFacts } from './GuardFacts';

const HOUR_MS = 3_600_000;
/** Decisions of which nothing came count for nothing. */
const WITHOUT_EFFECT = ['not-acted', 'rejected', 'expired'];
const ACTIVE = ['pending', 'acting'];

/** Guards that keep automation from doing too much. */
export const limitGuards: Guard[] = [
  {
    name: 'switched-off',
    isAskedAgain: true,
    check: ({ isSwitchedOn }) =>
      isSwitchedOn ? undefined : 'Automatic responses are switched off',
  },
  {
    name: 'stale',
    isForAll: true,
    check: ({ alert, config, now }) => {
      const age = Math.round((now - Date.parse(alert.lastAt)) / 1000);
      return age > config.maxAlertAgeSeconds
        ? `The alert is ${age} s old, and the past cannot be helped`
        : undefined;
    },
  },
  {
    name: 'same-alert',
    isForAll: true,
    check: ({ ofAlert, rule }) =>
      ofAlert.some(
        decision => decision.action === rule.action && hadEffect(decision),
      )
        ? `This alert has led to '${rule.action}' already`
        : undefined,
  },
  {
    name: 'cooldown',
    isForAll: true,
    check: facts => {
      const { rule, now } = facts;
      const since = now - rule.cooldownSeconds * 1000;
      const earlier = ofSameKind(facts).find(
        ({ createdAt }) => createdAt > since,
      );
      if (!earlier) return undefined;
      const seconds = Math.round((now - earlier.createdAt) / 1000);
      return `The rule waits ${rule.cooldownSeconds} s, and '${earlier.action}' was decided for this workload ${seconds} s ago`;
    },
  },
  {
    name: 'breaker-workload',
    check: ({ alert, config: { breaker }, earlier, now }) => {
      const vain = earlier.filter(
        decision =>
          decision.lineage === alert.lineage &&
          wasInVain(decision) &&
          decision.createdAt > now - breaker.windowSeconds * 1000,
      );
      return vain.length >= breaker.perWorkload
        ? `${vain.length} responses for this workload failed or did not stop its alerts: a person has to look`
        : undefined;
    },
  },
  {
    name: 'breaker-cluster',
    check: ({ alert, config: { breaker }, earlier, now }) => {
      const vain = earlier.filter(
        decision =>
          decision.cluster === alert.cluster &&
          wasInVain(decision) &&
          decision.createdAt > now - breaker.windowSeconds * 1000,
      );
      return vain.length >= breaker.perCluster
        ? `${vain.length} responses on '${alert.cluster}' failed or did not stop the alerts: a person has to look`
        : undefined;
    },
  },
  {
    name: 'limit-cluster',
    isAskedAgain: true,
    check: ({ alert, config: { limits }, earlier }) => {
      const active = earlier.filter(
        decision => isActive(decision) && decision.cluster === alert.cluster,
      );
      return active.length >= limits.activePerCluster
        ? `${active.length} responses are under way on '${alert.cluster}'`
        : undefined;
    },
  },
  {
    name: 'limit-overall',
    isAskedAgain: true,
    check: ({ config: { limits }, earlier }) => {
      const active = earlier.filter(isActive);
      return active.length >= limits.active
        ? `${active.length} responses are under way`
        : undefined;
    },
  },
  {
    name: 'limit-hour',
    check: ({ config: { limits }, earlier, now }) => {
      const recent = earlier.filter(
        decision =>
          decision.touchesPod &&
          hadEffect(decision) &&
          decision.createdAt > now - HOUR_MS,
      );
      return recent.length >= limits.perHour
        ? `${recent.length} responses were started in the last hour`
        : undefined;
    },
  },
];

/** For a pod whatever was done to the workload counts, for a message only the same rule's messages. */
function ofSameKind({ alert, rule, touchesPod, earlier }: GuardFacts) {
  return earlier.filter(
    decision =>
      hadEffect(decision) &&
      decision.lineage === alert.lineage &&
      (decision.lineage !== undefined || decision.cluster === alert.cluster) &&
      (touchesPod ? decision.touchesPod : decision.rule === rule.id),
  );
}

function hadEffect({ status }: Pick<EarlierDecision, 'status'>) {
  return !WITHOUT_EFFECT.includes(status);
}

function isActive({ status, touchesPod }: EarlierDecision) {
  return touchesPod && ACTIVE.includes(status);
}

function wasInVain({ status, touchesPod, wasUseless }: EarlierDecision) {
  return touchesPod && (status === 'failed' || wasUseless);
}

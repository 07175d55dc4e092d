import type { ClusterStore } from '../api/ClusterStore';
import type { SystemEvent } from '../runtime/events/SystemEvent';
import { describeAlert, type Alert } from './describeAlert';
import type { Priority, Rule } from './Rule';
import { RULES } from './rules';

/** Alerts of which nothing happened, for tests of who receives them. */
export interface MadeUpAlerts {
  /** One of Falco's rules, or any other name. */
  rule: string;
  /** Of a rule that is not Falco's. */
  priority?: Priority;
  count: number;
  /** The pod that they are told of; it may be none. */
  namespace: string;
  pod: string;
  container?: string;
}

/** What shows that an alert was made up. */
const MARK = 'lab_made_up';

/** Makes alerts up, with a mark in their tags and `output_fields`. */
export function* makeUpAlerts(
  wanted: MadeUpAlerts,
  store: ClusterStore,
): Generator<Alert> {
  const rule: Rule = RULES.find(({ name }) => name === wanted.rule) ?? {
    name: wanted.rule,
    priority: wanted.priority ?? 'Notice',
    tags: [],
    output: 'Made up | command=%proc.cmdline',
    isMet: () => false,
  };
  const pod = store.get('Pod', wanted.namespace, wanted.pod);
  const start = BigInt(Date.now()) * 1_000_000n;
  for (let number = 1; number <= wanted.count; number++) {
    const event: SystemEvent = {
      time: start + BigInt(number),
      process: {
        pid: number,
        argv: ['made-up'],
        name: 'made-up',
        executable: '/made-up',
        workingDirectory: '/',
        uid: 0,
        terminal: 0,
        ancestors: [],
      },
      call: { type: 'execve', isAdded: false },
      container: containerOf(wanted, pod),
    };
    const hostname = pod?.spec.nodeName ?? 'made-up';
    const alert = describeAlert(rule, event, hostname);
    yield {
      ...alert,
      tags: [...alert.tags, MARK],
      output_fields: { ...alert.output_fields, [MARK]: 'true' },
    };
  }
}

function containerOf(
  { namespace, pod: podName, container }: MadeUpAlerts,
  pod: ReturnType<ClusterStore['get']>,
): SystemEvent['container'] {
  const statuses: any[] = pod?.status?.containerStatuses ?? [];
  const status = container
    ? statuses.find(({ name }) => name === container)
    : statuses[0];
  return {
    id: status?.containerID?.split('//')[1] ?? '0'.repeat(64),
    name: status?.name ?? container ?? 'made-up',
    image: status?.image ?? 'registry.lab/made-up:1',
    podName,
    podNamespace: namespace,
  };
}

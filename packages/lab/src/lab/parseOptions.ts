import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AlertTarget } from '../falco/AlertSender';
import type { ContainerRuntime } from '../runtime/ContainerRuntime';

/** What the lab's program is told. */
export interface LabOptions {
  /** Holds the kubeconfig, lab.json and the clusters' state; the latter is wiped at each start. */
  stateDir: string;
  /** The registry's port; clusters follow at +1 and +2, the control server at +3. */
  portBase: number;
  /** The second octet of the first cluster's loopback addresses. */
  subnet: number;
  /** What containers are made of. */
  runtime: ContainerRuntime['kind'];
  /** The courier's bundle, for the courier image. */
  courier?: string;
  /** Manifests to start with; without a cluster they go to all. */
  manifests: { cluster?: string; path: string }[];
  /** The longest that pods stay on a lost node; without it as long as they say, which is 300. */
  evictionSeconds?: number;
  /** Evaluate ValidatingAdmissionPolicies, such as the courier's in deploy/. */
  enforcesPolicies: boolean;
  /** Where the clusters' Falcos send their alerts to, if they do, and as which of the two senders. */
  alerts: { url?: string; sender: AlertTarget['sender'] };
  /** Stop when the parent closes stdin. */
  exitsWithParent: boolean;
}

export const USAGE = `Usage: lab [options]
  --state-dir <folder>            default .cubemig/lab; the clusters in it start afresh each time
  --port-base <port>              default 16440: registry, +1 cluster1, +2 cluster2, +3 control server
  --subnet <n>                    default 41: cluster1 has 127.<n>.0.0/16, cluster2 127.<n+1>.0.0/16
  --runtime <emulated|criu>       default LAB_RUNTIME or emulated; criu: real processes, where root on Linux can have them
  --courier <file>                the courier's bundle, put into the courier image
  --eviction-seconds <n>          pods leave a lost node after so long, instead of 300
  --enforce-policies              evaluate ValidatingAdmissionPolicies, also with LAB_ENFORCE_POLICIES=1
  --alerts-url <url>              default LAB_ALERTS_URL: where the clusters' Falcos post their alerts
  --alerts-sender <name>          default LAB_ALERTS_SENDER or falco (http_output); falcosidekick: its webhook
  --apply [<cluster>=]<file|dir>  manifests to start with; may be repeated
  --exit-with-parent              stop when stdin closes`;

/** Reads the command line; throws an Error that says what is wrong with it. */
export function parseOptions(args: string[]): LabOptions {
  const { values } = parseArgs({
    args,
    options: {
      'state-dir': { type: 'string', default: '.cubemig/lab' },
      'port-base': { type: 'string', default: '16440' },
      subnet: { type: 'string', default: '41' },
      runtime: {
        type: 'string',
        default: process.env.LAB_RUNTIME || 'emulated',
      },
      courier: { type: 'string' },
      apply: { type: 'string', multiple: true, default: [] },
      'eviction-seconds': { type: 'string' },
      'enforce-policies': {
        type: 'boolean',
        default: process.env.LAB_ENFORCE_POLICIES === '1',
      },
      'alerts-url': { type: 'string', default: process.env.LAB_ALERTS_URL },
      'alerts-sender': {
        type: 'string',
        default: process.env.LAB_ALERTS_SENDER || 'falco',
      },
      'exit-with-parent': { type: 'boolean', default: false },
    },
  });
  return {
    stateDir: resolve(values['state-dir']),
    portBase: parseNumber('--port-base', values['port-base'], 1024, 65532),
    // 127.0.0.0/16 is left to everybody else.
    subnet: parseNumber('--subnet', values.subnet, 1, 253),
    runtime: parseRuntime(values.runtime),
    courier: values.courier && resolve(values.courier),
    manifests: values.apply.map(text => {
      const parsed = /^(cluster\d+)=(.+)$/.exec(text);
      return parsed
        ? { cluster: parsed[1], path: resolve(parsed[2]) }
        : { path: resolve(text) };
    }),
    ...(values['eviction-seconds']
      ? {
          evictionSeconds: parseNumber(
            '--eviction-seconds',
            values['eviction-seconds'],
            0,
            86_400,
          ),
        }
      : {}),
    enforcesPolicies: values['enforce-policies'],
    alerts: {
      url: parseUrl('--alerts-url', values['alerts-url']),
      sender: parseSender(values['alerts-sender']),
    },
    exitsWithParent: values['exit-with-parent'],
  };
}

function parseRuntime(text: string): ContainerRuntime['kind'] {
  if (text !== 'emulated' && text !== 'criu') {
    throw new Error('--runtime must be emulated or criu');
  }
  return text;
}

function parseUrl(flag: string, text: string | undefined): string | undefined {
  if (text && !(URL.canParse(text) && /^https?:/.test(text))) {
    throw new Error(`${flag} must be the URL of an http server`);
  }
  return text || undefined;
}

function parseSender(text: string): AlertTarget['sender'] {
  if (text !== 'falco' && text !== 'falcosidekick') {
    throw new Error('--alerts-sender must be falco or falcosidekick');
  }
  return text;
}

function parseNumber(
  flag: string,
  text: string,
  from: number,
  to: number,
): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new Error(`${flag} must be a whole number from ${from} to ${to}`);
  }
  return value;
}

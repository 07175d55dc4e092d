import { Server } from 'node:http';
import {
  startKubernetesPlugin,
  startPlugin,
} from '../../__testUtils__/startPlugin';

export const token = 'token-of-cluster-one';

const senders = [
  { cluster: 'c1', token, username: 'falco', password: token },
  { cluster: 'c2', token: 'token-of-cluster-two' },
];

/** Which of the alerts below a rule is about. */
export const match = { rules: ['Read sensitive *'] };

let sent = 0;

/** Now, with nanoseconds that no other alert has. */
function timeOfNext() {
  const nanoseconds = String(++sent).padStart(6, '0');
  return new Date().toISOString().replace('Z', `${nanoseconds}Z`);
}

/** An alert, just now, of the container in the recorded pod `counter`; Falco does not know the pod's name yet. */
export function payload(
  change: Record<string, unknown> = {},
  fields: object = {},
) {
  return {
    rule: 'Read sensitive file untrusted',
    priority: 'Warning',
    time: timeOfNext(),
    source: 'syscall',
    output: 'A file was read',
    tags: ['T1555'],
    output_fields: {
      'container.id': 'fb99e64a1f28',
      'proc.cmdline': 'cat /etc/shadow',
      'k8s.ns.name': null,
      'k8s.pod.name': null,
      ...fields,
    },
    ...change,
  };
}

/** Starts the plugin with response rules in its config, on clusters that are there for all tests of a file. */
export function useResponse() {
  let kubernetes: Server;
  beforeAll(async () => {
    kubernetes = await startKubernetesPlugin();
  });
  afterAll(() => {
    kubernetes.close();
  });
  return (rules?: object[], options?: Parameters<typeof startPlugin>[1]) =>
    startResponse(kubernetes, rules, options);
}

/** The plugin, and ways to talk to it. */
async function startResponse(
  kubernetes: Server,
  rules: object[] = [],
  options: Parameters<typeof startPlugin>[1] = {},
) {
  const started = await startPlugin(kubernetes, {
    ...options,
    cubemig: { alerts: { senders }, response: { rules } },
  });
  const { agent } = started;
  const send = (body: unknown) =>
    agent
      .post('/api/cubemig/alert')
      .set('Authorization', '')
      .set('X-CubeMig-Token', token)
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const get = async (path: string) => {
    const answer = await agent.get(`/api/cubemig${path}`);
    expect(answer.body.error).toBeUndefined();
    return answer.body;
  };
  /** Looks until there is something to see; the test's own deadline ends it. */
  const until = async <T>(look: () => Promise<T | undefined | false>) => {
    for (;;) {
      const found = await look();
      if (found) return found;
    }
  };
  const decided = () =>
    until<any>(async () => (await get('/decisions')).items[0]);
  return { ...started, send, get, until, decided };
}

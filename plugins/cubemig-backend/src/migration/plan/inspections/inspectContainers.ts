import { travellersOf } from '../../objects';
import { blocker, Finding, PlanContext, warning } from '../PlanContext';

/** What becomes of each container: who travels, who starts anew, what runs before. */
export function inspectContainers(context: PlanContext): Finding[] {
  const { order, pod, inventory } = context;
  const containers = pod.spec?.containers ?? [];
  const about = {
    cluster: inventory.source.cluster,
    object: `Pod ${order.namespace}/${order.pod}`,
  };
  const unknown = (order.containers ?? []).filter(
    wanted => !containers.some(({ name }) => name === wanted),
  );
  const travellers = travellersOf(order, pod);
  const stored = inventory.source.checkpoints?.map(c => c.container);
  const lacking = stored
    ? travellers.filter(name => !stored.includes(name))
    : [];
  const findings: Finding[] = [];
  if (unknown.length > 0) {
    findings.push(
      blocker(
        {
          code: 'container-unknown',
          message: `The pod has no container ${quote(unknown)}.`,
          remedy: `Choose among ${quote(containers.map(({ name }) => name))}.`,
        },
        about,
      ),
    );
  }
  if (lacking.length > 0) {
    findings.push(
      blocker(
        {
          code: 'checkpoints-unknown',
          message: `There is no stored checkpoint of ${quote(lacking)}.`,
          remedy: `Name only the containers ${quote(
            stored!,
          )}: the others start anew.`,
        },
        about,
      ),
    );
  }
  if (order.mode === 'checkpoint') return findings;
  return [
    ...findings,
    ...inspectStarts(context, about, travellers),
    ...inspectConnections(context, about),
  ];
}

function inspectStarts(
  { pod }: PlanContext,
  about: { cluster: string; object: string },
  travellers: string[],
): Finding[] {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const isSidecar = ({ restartPolicy }: { restartPolicy?: string }) =>
    restartPolicy === 'Always';
  const anew = [
    ...containers.filter(({ name }) => !travellers.includes(name)),
    ...initContainers.filter(isSidecar),
  ].map(({ name }) => name);
  const again = initContainers.filter(c => !isSidecar(c)).map(c => c.name);
  const probed = containers.filter(
    ({ name, livenessProbe }) => livenessProbe && travellers.includes(name),
  );
  return [
    anew.length > 0 && {
      code: 'containers-start-anew',
      message: `${quote(anew)} start(s) anew in the target.`,
      remedy:
        'Keep that in mind where the others depend on what it remembers; sidecars that are init containers cannot travel.',
    },
    again.length > 0 && {
      code: 'init-containers-run-again',
      message: `The init container(s) ${quote(again)} run again in the target.`,
      remedy:
        'Make sure that running them twice does no harm, for example to a database.',
    },
    probed.length > 0 && {
      code: 'liveness-probes',
      message: `The liveness probe of ${quote(
        probed.map(({ name }) => name),
      )} counts the moment in which the container is frozen.`,
      remedy:
        'Its timeout times its failureThreshold should be longer than CRIU takes for the memory.',
    },
  ].flatMap(problem => (problem ? [warning(problem, about)] : []));
}

/** Established connections are not to be seen from outside; that a pod serves a port is the best hint. */
function inspectConnections(
  { pod, inventory }: PlanContext,
  about: { cluster: string; object: string },
): Finding[] {
  const ports = (pod.spec?.containers ?? []).flatMap(c => c.ports ?? []);
  const bound = ports.filter(({ hostPort }) => hostPort);
  const findings: Finding[] = [];
  if (ports.some(({ protocol = 'TCP' }) => protocol === 'TCP')) {
    findings.push(
      warning(
        {
          code: 'connections-close',
          message:
            'Established TCP connections stay with the source; in the target they are closed, and peers connect again.',
          remedy:
            'The nodes of both clusters need `tcp-close` in /etc/criu/crun.conf (or runc.conf), else the checkpoint fails.',
        },
        about,
      ),
    );
  }
  if (bound.length > 0) {
    findings.push(
      warning(
        {
          code: 'host-ports',
          message: `The pod takes the port(s) ${bound
            .map(({ hostPort }) => hostPort)
            .join(', ')} of its node.`,
          remedy: `They must be free on a node of '${
            inventory.target?.cluster ?? 'the target'
          }', and whoever uses them must learn the new node.`,
        },
        about,
      ),
    );
  }
  return findings;
}

function quote(names: string[]) {
  return names.map(name => `'${name}'`).join(', ');
}

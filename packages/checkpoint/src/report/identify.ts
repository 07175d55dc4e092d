import { Report } from '@cubemig/plugin-cubemig-common';
import { Archive, ArchiveError } from '../archive';
import {
  ConfigDump,
  readDocument,
  SpecDump,
  toObject,
  toObjects,
  toString,
} from './documents';

/** Who the container was. */
export type Identity = Pick<
  Report,
  'container_name' | 'created' | 'engine' | 'ip' | 'mac' | 'networks'
> & { pod?: string; namespace?: string };

/** Names, times and addresses lie elsewhere for every engine. */
export function identify(
  archive: Archive,
  spec: SpecDump,
  config: ConfigDump,
): Identity {
  switch (spec.annotations['io.container.manager']) {
    case 'cri-o':
      return identifyCrio(spec);
    case 'libpod':
      return identifyPodman(archive, config);
    default:
      return identifyContainerd(spec, config);
  }
}

function identifyCrio({ annotations }: SpecDump): Identity {
  let name = '';
  try {
    const metadata = annotations['io.kubernetes.cri-o.Metadata'] ?? '{}';
    name = toString(toObject(JSON.parse(metadata)).name);
  } catch {
    // Named by Kubernetes' own annotation then.
  }
  return {
    container_name: name || annotations['io.kubernetes.container.name'] || '',
    created: annotations['io.kubernetes.cri-o.Created'] ?? '',
    engine: 'CRI-O',
    ip: annotations['io.kubernetes.cri-o.IP.0'] || undefined,
    pod: annotations['io.kubernetes.pod.name'] || undefined,
    namespace: annotations['io.kubernetes.pod.namespace'] || undefined,
  };
}

function identifyContainerd(
  { annotations }: SpecDump,
  config: ConfigDump,
): Identity {
  return {
    container_name: annotations['io.kubernetes.cri.container-name'] ?? '',
    created: toSeconds(config.createdTime),
    engine: 'containerd',
    pod: annotations['io.kubernetes.cri.sandbox-name'] || undefined,
    namespace: annotations['io.kubernetes.cri.sandbox-namespace'] || undefined,
  };
}

function identifyPodman(archive: Archive, config: ConfigDump): Identity {
  const networks = readPodmanNetworks(archive);
  const interfaces = networks.flatMap(({ addresses }) => addresses);
  const join = (values: string[]) => values.filter(v => v).join(', ');
  return {
    container_name: config.name,
    created: toSeconds(config.createdTime),
    engine: 'Podman',
    ip: join(interfaces.flatMap(i => i.ips)) || undefined,
    mac: join(interfaces.map(i => i.mac)) || undefined,
    networks: networks.length
      ? networks.map(({ name, nodes }) => ({ name, interfaces: nodes }))
      : undefined,
  };
}

/** `network.status`: networks by name, `null` without any. */
function readPodmanNetworks(archive: Archive) {
  let status: Record<string, unknown>;
  try {
    status = readDocument(archive, 'network.status');
  } catch (error) {
    if (error instanceof ArchiveError) {
      return [];
    }
    throw error;
  }
  const sorted = (object: Record<string, unknown>) =>
    Object.keys(object).sort();
  return sorted(status).map(name => {
    const interfaces = toObject(toObject(status[name]).interfaces);
    const addresses: { ips: string[]; mac: string }[] = [];
    const nodes: NonNullable<Report['networks']>[number]['interfaces'] = {};
    for (const key of sorted(interfaces)) {
      const details = toObject(interfaces[key]);
      const subnets = toObjects(details.subnets);
      const mac = toString(details.mac_address);
      const nets = subnets.map(s => toString(s.ipnet)).filter(net => net);
      const gateway = subnets
        .map(s => toString(s.gateway))
        .filter(g => g)
        .pop();
      addresses.push({ ips: nets.map(net => net.split('/')[0]), mac });
      nodes[key] = {
        ...(nets.length && { ip: nets[nets.length - 1] }),
        ...(mac && { mac }),
        ...(gateway && { gateway }),
      };
    }
    return { name, nodes, addresses };
  });
}

const GO_ZERO_TIME = '0001-01-01T00:00:00Z';

/** RFC 3339 without fractions of a second, in the zone it came in. A missing time is Go's zero. */
export function toSeconds(time: string): string {
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)$/.exec(
      time,
    );
  if (!match) {
    return GO_ZERO_TIME;
  }
  const [, seconds, zone] = match;
  return seconds + (/^[+-]00:00$/.test(zone) ? 'Z' : zone);
}

export function isZeroTime(time: string): boolean {
  return time === GO_ZERO_TIME;
}

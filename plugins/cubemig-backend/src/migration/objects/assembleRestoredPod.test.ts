import {
  courierRequestSchema,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { readConfig, samplePod } from '../__testUtils__/samplePlan';
import { assembleRestoredPod } from './assembleRestoredPod';

const migration = '0f8fad5b-d9cb-469f-a165-70867728950e';
const digest = `sha256:${'a'.repeat(64)}`;

/** A pod that knows and mounts much. */
function richPod(): KubePod {
  const pod = samplePod();
  pod.spec!.volumes!.push(
    {
      name: 'key',
      secret: { secretName: 'key', items: [{ key: 'k', path: 'k' }] },
    },
    { name: 'settings', configMap: { name: 'settings' } },
    { name: 'both', projected: { sources: [{ secret: { name: 'key' } }] } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'node', hostPath: { path: '/etc' } },
    { name: 'scratch', emptyDir: {} },
  );
  const [container] = pod.spec!.containers;
  container.volumeMounts!.push(
    ...['key', 'settings', 'both', 'data', 'node', 'scratch'].map(name => ({
      name,
      mountPath: `/mnt/${name}`,
    })),
  );
  container.env = [
    { name: 'PLAIN', value: '1' },
    {
      name: 'PASSWORD',
      valueFrom: { secretKeyRef: { name: 'other', key: 'password' } },
    },
  ];
  container.envFrom = [{ secretRef: { name: 'key' } }];
  return pod;
}

function assemble(
  request: object,
  options: { level?: string; source?: KubePod; registry?: object } = {},
) {
  return assembleRestoredPod({
    migration,
    order: migrationRequestSchema.parse({
      mode: 'copy',
      sourceCluster: 'c1',
      targetCluster: 'c2',
      namespace: 'demo',
      pod: 'counter',
      ...request,
    }),
    config: readConfig(
      {},
      { registry: { host: 'r', pullSecrets: ['pull'], ...options.registry } },
    ),
    source: options.source ?? richPod(),
    node: 'n',
    images: { counter: `r/x@${digest}` },
    repository: 'cubemig/c1/demo/counter',
    volumes: [{ name: 'scratch', digest }],
    space: options.level
      ? {
          metadata: {
            labels: { 'pod-security.kubernetes.io/enforce': options.level },
          },
        }
      : undefined,
  });
}

const mountsOf = ({ spec }: KubePod) =>
  spec!.containers[0].volumeMounts!.map(({ mountPath }) => mountPath).sort();

describe('assembleRestoredPod', () => {
  it('leaves nothing in quarantine that could be known or reached, and mounts all that the dump expects', () => {
    const { pod, companions } = assemble({ quarantine: true });
    expect(mountsOf(pod)).toEqual(mountsOf(richPod()));
    const app = JSON.stringify([
      pod.spec!.containers,
      pod.spec!.volumes!.filter(({ name }) => !name.startsWith('cubemig-')),
    ]);
    for (const trace of [
      '"secret"',
      'secretName',
      'secretKeyRef',
      'hostPath',
      'persistentVolumeClaim',
      '"settings"}',
    ]) {
      expect(app).not.toContain(trace);
    }
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      serviceAccountName: 'cubemig-0f8fad5bd9cb',
    });
    const twins = companions.filter(({ kind }) => kind === 'ConfigMap');
    expect(
      twins.map(({ object }) => ('data' in object ? object.data : undefined)),
    ).toEqual([{ k: '' }, {}, { password: '' }]);
    expect(companions[0]).toMatchObject({
      kind: 'NetworkPolicy',
      object: { spec: { policyTypes: ['Ingress', 'Egress'] } },
    });
  });

  it('has the courier fill the volumes, last of the init containers', () => {
    const source = richPod();
    source.spec!.initContainers = [{ name: 'prepare' }];
    const { pod } = assemble({}, { source });
    const [, courier] = pod.spec!.initContainers!;
    const request = courierRequestSchema.parse(
      JSON.parse(courier.env![0].value!),
    );
    expect(request).toMatchObject({
      task: 'restore-volumes',
      volumes: [{ name: 'scratch', digest }],
    });
    expect(courier.volumeMounts).toEqual([
      { name: 'scratch', mountPath: '/var/lib/cubemig/volumes/scratch' },
      {
        name: 'cubemig-registry',
        mountPath: '/var/run/secrets/cubemig/registry',
        readOnly: true,
      },
    ]);
    expect(courier.securityContext).toMatchObject({ runAsUser: 0 });
  });

  it('asks for no power where the namespace grants none', () => {
    const source = richPod();
    source.spec!.securityContext = { runAsUser: 1000 };
    const { pod } = assemble({}, { source, level: 'restricted' });
    expect(pod.spec!.initContainers![0].securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('has one courier in it, however often it is moved on', () => {
    const registry = { clientCertificateSecret: 'client' };
    const { pod } = assemble({ mode: 'move' }, { registry });
    expect(pod.spec!.volumes).toContainEqual({
      name: 'cubemig-registry-tls',
      secret: { secretName: 'client' },
    });
    const again = assemble({ mode: 'move' }, { source: pod, registry }).pod;
    const names = (found: KubePod) => [
      found.spec!.initContainers!.map(({ name }) => name),
      found.spec!.volumes!.map(({ name }) => name).sort(),
    ];
    expect(names(again)).toEqual(names(pod));
  });

  it('lets those start anew that do not travel', () => {
    const source = samplePod('duo');
    const { pod } = assemble({ pod: 'duo' }, { source });
    expect(pod.spec!.containers.map(({ image }) => image)).toEqual(
      source.spec!.containers.map(({ image }) => image),
    );
    expect(pod.spec!.restartPolicy).toBe('Never');
  });
});

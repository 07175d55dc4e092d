import {
  CheckpointTask,
  courierRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { readConfig } from '../__testUtils__/samplePlan';
import { buildCourierJob } from './buildCourierJob';
import { buildSweepJob } from './buildSweepJob';
import { describeRegistry } from './describeRegistry';

const migration = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('buildCourierJob', () => {
  const request: CheckpointTask = {
    version: 1,
    task: 'checkpoint',
    migration,
    pod: { namespace: 'default', name: 'counter', uid: 'u' },
    containers: ['counter'],
    kubelet: { port: 10250, skipTlsVerify: false, timeoutSeconds: 900 },
    registry: {
      host: 'r:5000',
      repository: 'cubemig/c1/default/counter',
      insecure: false,
    },
    compression: 'none',
  };
  const courier = {
    image: 'r:5000/courier@sha256:1',
    namespace: 'cubemig',
    serviceAccount: 'cubemig-courier',
    imagePullSecrets: ['pull'],
    registrySecret: 'cubemig-registry',
    kubeletSkipTlsVerify: false,
    kubeletVia: 'node' as const,
    holdArchives: false,
    timeoutSeconds: 900,
  };
  const { registry } = readConfig();
  const settings = { courier, registry };
  const job = buildCourierJob(settings, request, 'node-c1');
  const pod = job.spec!.template.spec!;

  it('hands the courier a request that the courier accepts', () => {
    const [{ value }] = pod.containers[0].env!;
    expect(courierRequestSchema.parse(JSON.parse(value!))).toEqual(request);
  });

  it('gives it no power beyond reading and removing checkpoints', () => {
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      privileged: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.volumes!.flatMap(v => v.hostPath?.path ?? [])).toEqual([
      '/var/lib/kubelet/checkpoints',
    ]);
    expect(pod).not.toHaveProperty('hostNetwork');
  });

  it('gives it the key to sign with only if there is one', () => {
    const secretsOf = (made: typeof job) =>
      made.spec!.template.spec!.volumes!.flatMap(
        v => v.secret?.secretName ?? [],
      );
    expect(secretsOf(job)).toEqual(['cubemig-registry']);
    const signing = {
      registry,
      courier: { ...courier, signingSecret: 'cubemig-signing' },
    };
    expect(secretsOf(buildCourierJob(signing, request, 'node-c1'))).toEqual([
      'cubemig-registry',
      'cubemig-signing',
    ]);
  });

  it('shows a certificate to the registry if there is one to show', () => {
    const config = readConfig(
      {},
      { registry: { host: 'r', clientCertificateSecret: 'client' } },
    );
    const asked = {
      ...request,
      registry: describeRegistry(config, request.registry.repository),
    };
    expect(courierRequestSchema.parse(asked).task).toBe('checkpoint');
    const { volumes, containers } = buildCourierJob(config, asked, 'node-c1')
      .spec!.template.spec!;
    expect(volumes!.find(({ name }) => name === 'registry-tls')).toEqual({
      name: 'registry-tls',
      secret: {
        secretName: 'client',
        items: [
          { key: 'tls.crt', path: 'tls.crt' },
          { key: 'tls.key', path: 'tls.key' },
        ],
      },
    });
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'registry-tls',
      mountPath: '/var/run/secrets/cubemig/registry-tls',
      readOnly: true,
    });
    expect(asked.registry.clientCertificate).toEqual({
      certificate: 'tls.crt',
      key: 'tls.key',
    });
  });

  it('runs once, on the node of the pod', () => {
    expect(job.spec!.backoffLimit).toBe(0);
    expect(pod).toMatchObject({ nodeName: 'node-c1', restartPolicy: 'Never' });
  });
});

describe('buildSweepJob', () => {
  it('has no more than the checkpoints of its node', () => {
    const task = {
      version: 1,
      task: 'sweep',
      migration,
      olderThanSeconds: 1200,
    } as const;
    const job = buildSweepJob(readConfig().courier, task, 'node-c1');
    const pod = job.spec!.template.spec!;
    expect(job.metadata!.labels).toMatchObject({
      'cubemig.io/migration': migration,
      'app.kubernetes.io/name': 'cubemig-courier',
    });
    const [container] = pod.containers;
    expect(
      container.env!.map(({ name, value }) => [name, JSON.parse(value!)]),
    ).toEqual([['COURIER_REQUEST', courierRequestSchema.parse(task)]]);
    expect(container.securityContext!.capabilities).toEqual({ drop: ['ALL'] });
    expect(pod.volumes).toEqual([
      {
        name: 'checkpoints',
        hostPath: {
          path: '/var/lib/kubelet/checkpoints',
          type: 'DirectoryOrCreate',
        },
      },
    ]);
    expect(pod).toMatchObject({
      nodeName: 'node-c1',
      automountServiceAccountToken: false,
    });
  });
});

import { join } from 'node:path';
import { applyManifests } from '../../manifests/applyManifests';
import { readManifests } from '../../manifests/readManifests';
import { ObjectStore } from '../store';
import { typeOfKind } from '../resources';
import { enforcePolicies } from './admissionPolicies';
import { type EvaluateExpression, loadExpressions } from './evaluateExpression';

/** The policy that CubeMig brings along: what it is for is tried here, as an API server would. */
const POLICY = join(
  __dirname,
  '../../../../../deploy/kubernetes/50-courier-policy.yaml',
);
const IMAGE = 'registry.lab/cubemig/courier:1';

describe('enforcePolicies', () => {
  const store = new ObjectStore({ onListenerError: () => undefined });

  let evaluate: EvaluateExpression;

  beforeAll(async () => {
    evaluate = await loadExpressions();
    for (const name of ['cubemig', 'demo']) {
      store.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    await applyManifests(store, await readManifests(POLICY));
  });

  /** A courier's Job as CubeMig makes it, but for what `change` makes of its pod. */
  const create = (
    change: (spec: any) => void = () => {},
    namespace = 'cubemig',
  ) => {
    const spec: any = {
      restartPolicy: 'Never',
      nodeName: 'cluster1-a',
      serviceAccountName: 'cubemig-courier',
      securityContext: {
        runAsUser: 0,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'courier',
          image: IMAGE,
          env: [
            { name: 'COURIER_REQUEST', value: '{}' },
            {
              name: 'HOST_IP',
              valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } },
            },
          ],
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            privileged: false,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [
            { name: 'checkpoints', mountPath: '/var/lib/kubelet/checkpoints' },
          ],
        },
      ],
      volumes: [
        {
          name: 'checkpoints',
          hostPath: { path: '/var/lib/kubelet/checkpoints' },
        },
      ],
    };
    change(spec);
    enforcePolicies(
      store,
      {
        type: typeOfKind('Job'),
        operation: 'CREATE',
        object: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'courier-1', namespace } as any,
          spec: { template: { metadata: {}, spec } },
        },
      },
      evaluate,
    );
  };

  it('denies all while the parameters are missing', () => {
    expect(() => create()).toThrow('no params found');
    store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cubemig-courier-policy', namespace: 'cubemig' },
      data: { images: `${IMAGE} registry.lab/other:1` },
    });
    expect(() => create()).not.toThrow();
  });

  it.each<[string, (spec: any) => void, string]>([
    [
      'another image',
      spec => (spec.containers[0].image = 'evil:1'),
      `jobs.batch "courier-1" is forbidden: ValidatingAdmissionPolicy 'cubemig-courier' with binding 'cubemig-courier' denied request: image evil:1 is not in the ConfigMap cubemig-courier-policy`,
    ],
    [
      'another account',
      spec => (spec.serviceAccountName = 'default'),
      'the ServiceAccount must be cubemig-courier',
    ],
    [
      "the node's root",
      spec => (spec.volumes[0].hostPath.path = '/'),
      'nothing else',
    ],
    [
      "another program's Secret, projected",
      spec =>
        spec.volumes.push({
          name: 'kube-api-access-x',
          projected: { sources: [{ secret: { name: 'backstage-token' } }] },
        }),
      'nothing else',
    ],
    [
      'the key to all checkpoints, projected, beside a folder of the node',
      spec =>
        spec.volumes.push({
          name: 'kube-api-access-x',
          projected: {
            sources: [
              { serviceAccountToken: { path: 'token' } },
              { secret: { name: 'cubemig-decryption' } },
            ],
          },
        }),
      'nothing else',
    ],
    [
      'its own command',
      spec => (spec.containers[0].command = ['sh']),
      "its image's own program",
    ],
    [
      'privileges',
      spec => (spec.containers[0].securityContext.privileged = true),
      'no privileges',
    ],
    [
      'no security context',
      spec => delete spec.containers[0].securityContext,
      'resulted in error',
    ],
  ])('denies a courier with %s', (_what, change, message) => {
    expect(() => create(change)).toThrow(message);
  });

  it('lets the token in that the API server gives every pod', () => {
    const withToken = (spec: any) =>
      spec.volumes.push({
        name: 'kube-api-access-x',
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
            {
              configMap: {
                name: 'kube-root-ca.crt',
                items: [{ key: 'ca.crt', path: 'ca.crt' }],
              },
            },
            {
              downwardAPI: {
                items: [
                  {
                    path: 'namespace',
                    fieldRef: {
                      apiVersion: 'v1',
                      fieldPath: 'metadata.namespace',
                    },
                  },
                ],
              },
            },
          ],
        },
      });
    expect(() => create(withToken)).not.toThrow();
  });

  it('minds its own namespace only', () => {
    const evil = (spec: any) => (spec.containers[0].image = 'evil:1');
    expect(() => create(evil, 'demo')).not.toThrow();
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_TYPES, typeOfKind } from '../resources';
import { readFields } from './__testUtils__/readFields';
import { checkFields } from './checkFields';
import fields from './fields.json';

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', creationTimestamp: null },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      spec: { containers: [{ name: 'c', image: 'i', ...container }] },
    },
    ...spec,
  },
});

const check = (object: unknown, isStrict = true) =>
  checkFields(typeOfKind('Deployment'), object, isStrict);

describe('checkFields', () => {
  it('knows what @kubernetes/client-node knows', async () => {
    const known = await readFields(RESOURCE_TYPES);
    // After an update of the client.
    if (process.env.CUBEMIG_WRITE_FIELDS) {
      writeFileSync(join(__dirname, 'fields.json'), JSON.stringify(known));
    }
    expect(fields).toEqual(known);
  });

  it.each([
    {},
    { env: [{ name: 'A', value: '1' }, { name: 'B' }] },
    { resources: { limits: { cpu: 1, memory: '64Mi' }, requests: null } },
    { livenessProbe: { httpGet: { port: 80 } }, command: ['sh'] },
    { readinessProbe: { httpGet: { port: 'http' } }, ports: [] },
  ])('takes %j', container => {
    expect(() => check(deployment(container))).not.toThrow();
  });

  it.each<[object, object, string]>([
    [
      { env: [{ name: 'A', value: 1 }] },
      {},
      'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    ],
    [
      { command: 'sh' },
      {},
      'json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.command of type []string',
    ],
    [
      {},
      { replicas: 'two' },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      {},
      { replicas: 1.5 },
      'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      {},
      { template: [] },
      'json: cannot unmarshal array into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec',
    ],
    [
      { resources: { limits: { memory: '1Q' } } },
      {},
      "spec.template.spec.containers[0].resources.limits.memory: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      { imagePulPolicy: 'Always', constructor: 'x' },
      { replica: 2 },
      'strict decoding error: unknown field "spec.template.spec.containers[0].imagePulPolicy", unknown field "spec.template.spec.containers[0].constructor", unknown field "spec.replica"',
    ],
  ])('refuses %j %j as Kubernetes does', (container, spec, message) => {
    expect(() => check(deployment(container, spec))).toThrow(
      `Deployment in version "v1" cannot be handled as a Deployment: ${message}`,
    );
  });

  it('leaves a field alone that it does not know, unless told otherwise', () => {
    const newer = deployment({ ofAnotherYear: 1 });
    expect(() => check(newer, false)).not.toThrow();
  });

  it('takes custom resources as they are', () => {
    const gateway = typeOfKind('Gateway');
    expect(() => checkFields(gateway, { spec: 1 }, true)).not.toThrow();
  });
});

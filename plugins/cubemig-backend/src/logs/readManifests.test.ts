import { mask } from './readManifests';

describe('the YAML of a pod', () => {
  it('masks what looks secret and leaves out what repeats it', () => {
    const masked = mask({
      metadata: {
        name: 'p',
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          team: 'shop',
          'kubectl.kubernetes.io/last-applied-configuration': '{"hunter2":1}',
        },
      },
      spec: {
        containers: [
          {
            name: 'c',
            env: [
              { name: 'DB_PASSWORD', value: 'hunter2' },
              { name: 'LANG', value: 'C' },
            ],
          },
        ],
      },
    });
    expect(JSON.stringify(masked)).not.toContain('hunter2');
    expect(masked.metadata?.annotations).toEqual({ team: 'shop' });
    expect(masked.spec?.containers[0].env).toEqual([
      { name: 'DB_PASSWORD', value: '******' },
      { name: 'LANG', value: 'C' },
    ]);
  });
});

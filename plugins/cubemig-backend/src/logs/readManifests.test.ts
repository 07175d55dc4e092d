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
            args: ['--login=hunter2', '--url=http://me:swordfish@db/'],
            env: [
              { name: 'DB_PASSWORD', value: 'hunter2' },
              { name: 'DB', value: 'postgres://me:swordfish@db/' },
              { name: 'LANG', value: 'C' },
            ],
          },
        ],
      },
    });
    expect(JSON.stringify(masked)).not.toMatch(/hunter2|swordfish/);
    expect(masked.metadata?.annotations).toEqual({ team: 'shop' });
    expect(masked.spec?.containers[0].env).toEqual([
      { name: 'DB_PASSWORD', value: '******' },
      { name: 'DB', value: 'postgres://me:******@db/' },
      { name: 'LANG', value: 'C' },
    ]);
  });
});

import { mask } from './readManifests';

describe('the YAML of a pod', () => {
  it('masks what looks secret and leaves out what repeats it', () => {
    const masked = mask({
      metadata: {
        name: 'p',
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          team: 'shop',
          'example.com/api-token': 'salmon77',
          'kubectl.kubernetes.io/last-applied-configuration': '{"hunter2":1}',
        },
      },
      spec: {
        containers: [
          {
            name: 'c',
            args: ['--login=hunter2', '--url=http://me:swordfish@db/'],
            command: ['redis-server', '--requirepass', 'salmon77'],
            lifecycle: {
              postStart: {
                exec: { command: ['sh', '-c', 'PGPASSWORD=trout99 psql'] },
              },
            },
            env: [
              { name: 'DB_PASSWORD', value: 'hunter2' },
              { name: 'DB', value: 'postgres://me:swordfish@db/' },
              { name: 'LANG', value: 'C' },
            ],
          },
        ],
        ephemeralContainers: [
          { name: 'debug', env: [{ name: 'API_TOKEN', value: 'perch55' }] },
        ],
      },
    });
    expect(JSON.stringify(masked)).not.toMatch(
      /hunter2|swordfish|salmon77|trout99|perch55/,
    );
    expect(masked.metadata?.annotations).toEqual({
      team: 'shop',
      'example.com/api-token': '******',
    });
    expect(masked.spec?.containers[0].env).toEqual([
      { name: 'DB_PASSWORD', value: '******' },
      { name: 'DB', value: 'postgres://me:******@db/' },
      { name: 'LANG', value: 'C' },
    ]);
  });
});

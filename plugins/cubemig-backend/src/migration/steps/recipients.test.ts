import { TestDatabases } from '@backstage/backend-test-utils';
import { RecipientKeys } from '../../config';
import { createRun } from '../__testUtils__/createRun';
import { recipientsOf } from './recipients';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function recipientsWith(keys?: RecipientKeys) {
  const { run } = await createRun(databases);
  run.config.recipients = keys;
  return recipientsOf(run);
}

describe('recipientsOf', () => {
  it('names nobody where nothing is encrypted', async () => {
    expect(await recipientsWith()).toBeUndefined();
  });

  it('names the target cluster and the platform, and no other cluster', async () => {
    const clusters = new Map([
      ['c1', 'key of c1'],
      ['c2', 'key of c2'],
    ]);
    expect(await recipientsWith({ clusters })).toEqual(['key of c2']);
    expect(await recipientsWith({ clusters, platform: 'ours' })).toEqual([
      'key of c2',
      'ours',
    ]);
  });

  it('stops a migration to a cluster without a key', async () => {
    const clusters = new Map([['c1', 'key of c1']]);
    await expect(recipientsWith({ clusters })).rejects.toMatchObject({
      problem: { code: 'target-key-missing' },
    });
  });
});

import { ErrorAnswer, serveApi } from '../__testUtils__';
import { Words } from '../translation';
import { readRefusal } from './readRefusal';

/** Says which words it was asked for, and with which values. */
const t = ((key: string, values?: object) =>
  `${key} ${JSON.stringify(values)}`) as unknown as Words;

describe('readRefusal', () => {
  it('finds what the backend says of a field', async () => {
    const client = serveApi(
      () =>
        new ErrorAnswer(400, {
          name: 'InputError',
          message:
            'targetCluster: must differ from sourceCluster: choose another cluster',
        }),
    );
    const error = await client.clusters.list().catch(e => e);
    expect(readRefusal(error, t)).toEqual({
      field: 'targetCluster',
      message: 'must differ from sourceCluster: choose another cluster',
    });
  });

  it('finds the field of a conflict', async () => {
    const client = serveApi(
      () =>
        new ErrorAnswer(409, {
          name: 'ConflictError',
          message: "pod: 'counter' is being migrated already; wait for its end",
        }),
    );
    const error = await client.clusters.list().catch(e => e);
    expect(readRefusal(error, t)).toEqual({
      field: 'pod',
      message: "'counter' is being migrated already; wait for its end",
    });
  });

  it('does not take the first word of other errors for a field', async () => {
    const client = serveApi(
      () =>
        new ErrorAnswer(503, {
          name: 'ServiceUnavailableError',
          message: 'cluster1: connection refused',
        }),
    );
    const error = await client.clusters.list().catch(e => e);
    expect(readRefusal(error, t)).toEqual({
      message: 'cluster1: connection refused',
    });
  });

  it('says in words that no answer came, or one of another version', async () => {
    const silent = serveApi(() => {
      throw new TypeError('Failed to fetch');
    });
    const foreign = serveApi(() => ({ clusters: [] }));
    expect(
      readRefusal(await silent.clusters.list().catch(e => e), t).message,
    ).toBe('common.noAnswer {"message":"Failed to fetch"}');
    expect(
      readRefusal(await foreign.clusters.list().catch(e => e), t).message,
    ).toContain('common.otherVersion');
  });

  it('falls back to what any error says', () => {
    expect(readRefusal(new Error('The disk is full'), t)).toEqual({
      message: 'The disk is full',
    });
    expect(readRefusal('broken', t)).toEqual({ message: 'broken' });
  });
});

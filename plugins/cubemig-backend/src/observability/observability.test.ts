import { mockServices } from '@backstage/backend-test-utils';
import { Assessment, Migration } from '@cubemig/plugin-cubemig-common';
import { migration } from '../migration/__testUtils__/createRun';
import { ChangeSignals } from './ChangeSignals';
import { createAssessmentMetrics } from './createAssessmentMetrics';
import { createEndMetrics } from './createEndMetrics';
import { createEndNotice } from './createEndNotice';

const logger = mockServices.logger.mock();

describe('ChangeSignals', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells at once, and what follows soon after once', () => {
    const publish = jest.fn(async () => {});
    const signals = new ChangeSignals({
      signals: { publish },
      logger,
      channel: 'c',
    });
    signals.tell('a');
    signals.tell('b');
    for (let i = 0; i < 50; i++) signals.tell('a');
    const told = () =>
      (publish.mock.calls as any[]).map(([{ message }]) => message.id);
    expect(told()).toEqual(['a', 'b']);
    jest.advanceTimersByTime(600);
    expect(told()).toEqual(['a', 'b', 'a']);
    jest.advanceTimersByTime(60_000);
    expect(told()).toEqual(['a', 'b', 'a']);
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'c',
      message: { id: 'b' },
    });
  });
});

describe('createEndNotice', () => {
  const entityRef = 'component:default/counter';
  const send = jest.fn();
  const assessed = {
    ...migration,
    entityRef,
    status: 'completed' as const,
    finishedAt: migration.createdAt,
    order: { ...migration.order, aiAssessment: true },
  };
  const assessment = (status: Assessment['status']): Assessment => ({
    id: 'a',
    migration: migration.id,
    container: 'c',
    status,
    createdBy: migration.createdBy,
    createdAt: migration.createdAt,
    model: 'm',
  });
  /** The notices of a backend that has this migration and these assessments. */
  const create = (
    stored: Migration = migration,
    assessments: Assessment[] = [],
  ) =>
    createEndNotice({
      notifications: { send },
      logger,
      getMigration: async () => stored,
      listAssessments: async () => assessments,
    });
  const { tellEnd: notify } = create();
  beforeEach(() => send.mockReset());

  it("tells the entity's owners, but not the one who started it", async () => {
    await notify({ ...migration, entityRef, status: 'completed' });
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef,
        excludeEntityRef: migration.createdBy,
      },
      payload: expect.objectContaining({
        title: 'p runs on c2 now',
        link: `/catalog/default/component/counter/migrations?migration=${migration.id}`,
        severity: 'normal',
      }),
    });
  });

  it('says why a migration has failed, and survives a deaf notifications plugin', async () => {
    send.mockRejectedValue(new Error('no such plugin'));
    await notify({
      ...migration,
      entityRef,
      createdBy: 'plugin:cubemig',
      status: 'failed',
      failure: {
        step: 'restore',
        code: 'x',
        message: 'It broke.',
        remedy: 'Mend it.',
      },
    });
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef, excludeEntityRef: undefined },
      payload: expect.objectContaining({
        title: 'The migration of p has failed',
        description: 'It broke. Mend it.',
        severity: 'high',
      }),
    });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no such plugin'),
    );
  });

  it('tells nobody of a pod that belongs to no entity', async () => {
    await notify({ ...migration, status: 'completed' });
    expect(send).not.toHaveBeenCalled();
  });

  it('tells of an assessment in the notification of the end, also who started it', async () => {
    await create(assessed, [assessment('running')]).tellEnd(assessed);
    const ready = assessment('completed');
    await create(assessed, [ready]).tellAssessed(ready);
    const [[first], [second]] = send.mock.calls;
    expect(first.recipients.excludeEntityRef).toBe(migration.createdBy);
    expect(first.payload.description).not.toContain('assessment');
    expect(second.recipients.excludeEntityRef).toBeUndefined();
    expect(second.payload).toEqual({
      ...first.payload,
      description: `The assessment of its checkpoint is ready. ${first.payload.description}`,
    });
    expect(second.payload.scope).toBe(`cubemig:migration:${migration.id}`);
  });

  it('leaves an assessment that is ready early to the end', async () => {
    const ready = assessment('completed');
    const running = { ...assessed, finishedAt: undefined };
    await create(running, [ready]).tellAssessed(ready);
    expect(send).not.toHaveBeenCalled();
    await create(assessed, [ready]).tellEnd(assessed);
    expect(send.mock.calls[0][0].payload.description).toContain(
      'The assessment of its checkpoint is ready.',
    );
  });

  it('tells of no assessment that failed, or that nobody asked for with the migration', async () => {
    const failed = assessment('failed');
    await create(assessed, [failed]).tellAssessed(failed);
    const ready = assessment('completed');
    const byHand = { ...assessed, order: migration.order };
    await create(byHand, [ready]).tellAssessed(ready);
    expect(send).not.toHaveBeenCalled();
  });
});

describe('createEndMetrics', () => {
  it('exports how it ended, how long its parts took and what it carried', async () => {
    const add = jest.fn();
    const record = jest.fn();
    const observe = jest.fn();
    let collect: (result: any) => Promise<void> | void = () => {};
    const measure = createEndMetrics(
      {
        createCounter: () => ({ add }),
        createHistogram: () => ({ record }),
        createObservableGauge: () => ({
          addCallback: (callback: any) => {
            collect = callback;
          },
        }),
      } as any,
      async () => ({
        queued: 3,
        running: 1,
        undoing: 0,
        completed: 9,
        failed: 0,
        cancelled: 0,
      }),
    );
    measure({
      ...migration,
      status: 'completed',
      figures: { dumps: [], pushMs: 1500, layerBytes: 1024 },
    });
    const where = { mode: 'move', source: 'c1', target: 'c2' };
    expect(add).toHaveBeenCalledWith(1, { ...where, status: 'completed' });
    expect(record.mock.calls).toEqual([
      [1.5, { ...where, part: 'push' }],
      [1024, where],
    ]);
    await collect({ observe });
    expect(observe).toHaveBeenCalledWith(3, { status: 'queued' });
  });
});

describe('createAssessmentMetrics', () => {
  it('exports how it ended, how long it took and what it used up', () => {
    const add = jest.fn();
    const record = jest.fn();
    const measure = createAssessmentMetrics({
      createCounter: () => ({ add }),
      createHistogram: () => ({ record }),
    } as any);
    const asked = {
      model: 'llama',
      createdAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:02.500Z',
    };
    measure({
      ...asked,
      status: 'completed',
      expense: { promptTokens: 1000, completionTokens: 200 },
    } as Assessment);
    const problem = { code: 'assessment-off', message: '', remedy: '' };
    measure({ ...asked, status: 'failed', problem } as Assessment);
    const model = 'llama';
    expect(add.mock.calls).toEqual([
      [1, { model, status: 'completed' }],
      [1000, { model, direction: 'in' }],
      [200, { model, direction: 'out' }],
      [1, { model, status: 'failed', code: 'assessment-off' }],
    ]);
    expect(record).toHaveBeenCalledWith(2.5, { model, status: 'completed' });
  });
});

import { Migration, Phase } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { migration } from '../__testUtils__/createRun';
import { computeFigures } from './computeFigures';

const time = (seconds: number) => new Date(seconds * 1000).toISOString();

function phase(name: Phase['name'], from: number, to: number, container = 'a') {
  return {
    name,
    container,
    status: 'succeeded' as const,
    startedAt: time(from),
    finishedAt: time(to),
  };
}

const done: Migration = {
  ...migration,
  startedAt: time(10),
  finishedAt: time(31),
  steps: [
    {
      name: 'checkpoint',
      status: 'succeeded',
      phases: [
        phase('checkpoint', 11, 12),
        phase('checkpoint', 11.5, 13, 'b'),
        phase('push', 13, 15),
      ],
    },
    {
      name: 'restore',
      status: 'succeeded',
      startedAt: time(15),
      finishedAt: time(18.5),
    },
  ],
  checkpoints: [
    { container: 'a', image: 'i', archiveBytes: 5000, layerBytes: 3000 },
    { container: 'b', image: 'i', archiveBytes: 1000, layerBytes: 1000 },
  ],
};

function pod(readyAt: number): KubePod {
  return {
    status: {
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: time(15) },
        { type: 'Ready', status: 'True', lastTransitionTime: time(readyAt) },
      ],
      containerStatuses: [
        { state: { running: { startedAt: time(17) } } },
        { state: { running: { startedAt: time(16) } } },
      ],
    },
  } as KubePod;
}

describe('computeFigures', () => {
  it('adds up what phases, checkpoints and the restored pod tell', () => {
    expect(computeFigures(done, { pod: pod(21), events: [] })).toEqual({
      dumps: [],
      checkpointMs: 2000,
      pushMs: 2000,
      archiveBytes: 6000,
      layerBytes: 4000,
      pushRate: 2000,
      pullMs: 2000,
      readyMs: 3500,
      downtimeMs: 10_000,
      totalMs: 21_000,
    });
  });

  it("believes the kubelet's own word on pulling", () => {
    const events = [
      {
        reason: 'Pulled',
        message:
          'Successfully pulled image "x" in 1m0.25s (2m including waiting). Image size: 1 bytes.',
      },
      {
        reason: 'Pulled',
        message: 'Container image "y" already present on machine',
      },
    ];
    expect(
      computeFigures(done, { pod: pod(21), events: events as any }).pullMs,
    ).toBe(60_250);
  });

  it('keeps what was known, and leaves out what two clocks disagree about', () => {
    const dumps = [{ container: 'a', frozenMicros: 7 }];
    const before = { ...done, figures: { dumps, pullMs: 5 } };
    expect(computeFigures(before, { pod: pod(3), events: [] })).toMatchObject({
      dumps,
      pullMs: 2000,
    });
    expect(computeFigures(before)).toMatchObject({ pullMs: 5 });
    expect(
      computeFigures(before, { pod: pod(3), events: [] }),
    ).not.toHaveProperty('downtimeMs');
  });
});

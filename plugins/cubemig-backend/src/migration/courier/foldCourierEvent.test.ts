import { CourierEvent, Phase } from '@cubemig/plugin-cubemig-common';
import { foldCourierEvent } from './foldCourierEvent';

type Told = Pick<CourierEvent, 'type'> & {
  phase?: Phase['name'];
  container?: string;
  bytes?: number;
};

function fold(events: Told[]) {
  return events.reduce<Phase[]>(
    (phases, event, index) =>
      foldCourierEvent(phases, {
        version: 1,
        sequence: index + 1,
        time: `t${index + 1}`,
        container: 'a',
        phase: 'checkpoint',
        ...event,
      } as CourierEvent),
    [],
  );
}

describe('foldCourierEvent', () => {
  it('follows a phase from start to end', () => {
    expect(fold([{ type: 'started' }, { type: 'progress', bytes: 5 }])).toEqual(
      [
        {
          name: 'checkpoint',
          container: 'a',
          status: 'running',
          startedAt: 't1',
          bytes: 5,
        },
      ],
    );
    expect(fold([{ type: 'started' }, { type: 'finished', bytes: 9 }])).toEqual(
      [
        {
          name: 'checkpoint',
          container: 'a',
          status: 'succeeded',
          startedAt: 't1',
          finishedAt: 't2',
          bytes: 9,
        },
      ],
    );
  });

  it('keeps containers and phases apart', () => {
    const phases = fold([
      { type: 'started' },
      { type: 'started', container: 'b' },
      { type: 'failed', container: 'b' },
      { type: 'started', phase: 'image' },
    ]);
    expect(phases.map(p => [p.container, p.name, p.status])).toEqual([
      ['a', 'checkpoint', 'running'],
      ['b', 'checkpoint', 'failed'],
      ['a', 'image', 'running'],
    ]);
  });
});

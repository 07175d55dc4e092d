import { judgePod } from './podHealth';

describe('judgePod', () => {
  it.each([
    ['Running', true, 'ok'],
    ['Running', false, 'pending'],
    ['Pending', false, 'pending'],
    ['Init:0/2', false, 'pending'],
    ['Init:CrashLoopBackOff', false, 'failing'],
    ['CrashLoopBackOff', false, 'failing'],
    ['ErrImagePull', false, 'failing'],
    ['Terminating', false, 'stopping'],
    ['Completed', false, 'done'],
  ])('sees %s (ready: %s) as %s', (status, ready, health) => {
    expect(judgePod({ status, ready })).toBe(health);
  });
});

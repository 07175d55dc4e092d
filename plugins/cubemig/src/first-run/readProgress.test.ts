import { Simulation } from '@cubemig/plugin-cubemig-common';
import {
  aCompletedMigration,
  aDecision,
  aMigration,
  aReportSummary,
  secondsAgo,
} from '../__testUtils__';
import { readProgress } from './readProgress';

const attack: Simulation = {
  id: 's1',
  cluster: 'cluster1',
  namespace: 'demo',
  pod: 'vuln-web-1',
  container: 'web',
  attack: 'reverse_shell',
  status: 'completed',
  createdBy: 'user:default/guest',
  startedAt: secondsAgo(60),
};
const answer = aDecision({
  verdict: 'act',
  status: 'succeeded',
  pod: attack.pod,
  migration: 'm2',
  createdAt: secondsAgo(50),
});
const nothing = { moves: [], simulations: [], decisions: [] };

describe('readProgress', () => {
  it('begins with nothing done', () => {
    expect(readProgress(nothing, [], false).steps).toEqual({
      migrate: 'pending',
      attack: 'pending',
      watch: 'pending',
      read: 'pending',
    });
  });

  it('tells what is under way from what is done', () => {
    const moves = [aMigration({ status: 'running' })];
    expect(readProgress({ ...nothing, moves }, [], false).steps.migrate).toBe(
      'running',
    );
    moves.push(aCompletedMigration());
    expect(readProgress({ ...nothing, moves }, [], false).steps.migrate).toBe(
      'succeeded',
    );
    const acting = { ...answer, status: 'acting' as const };
    expect(
      readProgress(
        { ...nothing, simulations: [attack], decisions: [acting] },
        [],
        false,
      ).steps,
    ).toMatchObject({ attack: 'succeeded', watch: 'running' });
  });

  it('takes only for an answer what moved the pod after it was attacked', () => {
    const judge = (decision: typeof answer) =>
      readProgress(
        { ...nothing, simulations: [attack], decisions: [decision] },
        [],
        false,
      ).steps.watch;
    expect(judge(answer)).toBe('succeeded');
    expect(judge({ ...answer, pod: 'another' })).toBe('pending');
    expect(judge({ ...answer, migration: undefined })).toBe('pending');
    expect(judge({ ...answer, createdAt: secondsAgo(70) })).toBe('pending');
    expect(judge({ ...answer, status: 'failed' })).toBe('pending');
  });

  it('has the report read when it is there and was looked at', () => {
    const happenings = {
      ...nothing,
      simulations: [attack],
      decisions: [answer],
    };
    const reports = [aReportSummary()];
    expect(readProgress(happenings, reports, false).steps.read).toBe('pending');
    expect(readProgress(happenings, [], true).steps.read).toBe('pending');
    expect(readProgress(happenings, reports, true).steps.read).toBe(
      'succeeded',
    );
  });
});

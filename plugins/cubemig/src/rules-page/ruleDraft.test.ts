import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { arePairs, draftOfRule, ruleOfDraft } from './ruleDraft';

const rule: ResponseRule = {
  id: 'r1',
  revision: 3,
  position: 0,
  origin: 'user',
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: 'user:default/guest',
  name: 'Move what is attacked',
  match: {
    rules: ['Terminal shell*'],
    priority: { operator: '>=', value: 'Warning' },
    sources: ['syscall'],
    labels: { app: 'shop' },
    outputFields: { 'proc.cmdline': '*a=b*' },
  },
  action: 'migrate',
  target: { policy: 'quarantine' },
  contain: 'isolate',
  forensicAnalysis: true,
  aiAssessment: true,
  mode: 'approve',
  cooldownSeconds: 600,
  continue: true,
};

describe('ruleDraft', () => {
  it('gives back a rule that was opened and not changed', () => {
    const { id, revision, position, origin, updatedAt, updatedBy, ...input } =
      rule;
    expect(ruleOfDraft(draftOfRule(rule))).toEqual(input);
  });

  it('keeps a priority that its fields cannot say', () => {
    const match = {
      priority: { operator: '=' as const, value: 'Error' as const },
    };
    expect(ruleOfDraft(draftOfRule({ ...rule, match })).match).toEqual(match);
  });

  it('leaves out what does not belong to the action', () => {
    const draft = { ...draftOfRule(rule), action: 'notify' };
    expect(ruleOfDraft(draft)).toMatchObject({
      action: 'notify',
      target: undefined,
      contain: 'none',
      forensicAnalysis: false,
      aiAssessment: false,
    });
  });

  it('sees lines that are no pairs', () => {
    expect(arePairs('app=shop\n\n tier=*')).toBe(true);
    expect(arePairs('app')).toBe(false);
  });
});

import { readOriginalRules } from './readOriginalRules';

const rule = {
  rule: 'Terminal shell in container',
  cluster: 'cluster1',
  action: 'migrate',
  targetCluster: 'cluster2',
  forensic_analysis: true,
  AI_suggestion: false,
};

describe('readOriginalRules', () => {
  it.each([
    ['the file', { config: [{ ...rule, comment: 'ours' }] }],
    ['its list alone', [rule]],
  ])('reads %s', (_, value) => {
    expect(readOriginalRules(JSON.stringify(value))).toEqual({ rules: [rule] });
  });

  it('names the place that is wrong', () => {
    const config = [rule, { ...rule, action: 'explode' }];
    expect(readOriginalRules(JSON.stringify({ config }))).toEqual({
      problem: expect.stringMatching(/^config\.1\.action: /),
    });
    expect(readOriginalRules('{"config": [')).toEqual({
      problem: expect.stringContaining('JSON'),
    });
    expect(readOriginalRules('null')).toHaveProperty('problem');
  });
});

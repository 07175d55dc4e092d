import { RuleMatch, ruleInputSchema } from '@cubemig/plugin-cubemig-common';
import { listMetBy } from './listMetBy';
import { explainMatch, isMatch, Subject } from './matchRule';
import { matchesGlob } from './matchesGlob';
import { fromOriginal, toOriginal } from './originalRules';
import { fc } from '../../__testUtils__/fc';

describe('matchesGlob', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['Read sensitive *', 'Read sensitive file untrusted', true],
    ['*file*', 'Read sensitive file untrusted', true],
    ['Read', 'Read sensitive file untrusted', false],
    ['*.c', 'a.c.d', false],
    ['a*b*c', 'aXbXbc', true],
    ['[a]', 'a', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('agrees with a regular expression', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', '.'),
      maxLength: 8,
    });
    const patterns = fc.string({
      unit: fc.constantFrom('a', 'b', '.', '*', '?'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const source = pattern
          .replace(/\./g, '\\.')
          .replace(/\*/g, '.*')
          .replace(/\?/g, '.');
        const expected = new RegExp(`^${source}$`).test(text);
        expect(matchesGlob(pattern, text)).toBe(expected);
      }),
    );
  });

  it('is not kept busy by hostile text', () => {
    const start = Date.now();
    const pattern = `${'*a'.repeat(100)}*b`;
    expect(matchesGlob(pattern, 'a'.repeat(4000))).toBe(false);
    expect(Date.now() - start).toBeLessThan(60_000);
  });
});

const subject: Subject = {
  cluster: 'c1',
  rule: 'Terminal shell in container',
  priority: 'Warning',
  source: 'syscall',
  tags: ['T1059', 'container'],
  namespace: 'demo',
  podLabels: { app: 'shop' },
  fields: { 'proc.name': 'bash', 'proc.tty': 34816, 'proc.args': ['a', 'b'] },
};

describe('isMatch', () => {
  it.each([
    [{}, true],
    [{ rules: ['Other', 'Terminal *'] }, true],
    [{ rules: ['terminal *'] }, false],
    [{ priority: { operator: '>=', value: 'Notice' } }, true],
    [{ priority: { operator: '>=', value: 'Warning' } }, true],
    [{ priority: { operator: '>', value: 'Warning' } }, false],
    [{ priority: { operator: '<', value: 'Error' } }, true],
    [{ priority: { operator: '<=', value: 'Notice' } }, false],
    [{ priority: { operator: '=', value: 'Warning' } }, true],
    [{ tags: ['T1059*', 'container'] }, true],
    [{ tags: ['T1059', 'host'] }, false],
    [{ sources: ['k8s_audit'] }, false],
    [{ clusters: ['c?'], namespaces: ['demo'] }, true],
    [{ labels: { app: 'sh*' } }, true],
    [{ labels: { tier: '*' } }, false],
    [{ labels: { constructor: '*' } }, false],
    [{ outputFields: { 'proc.name': 'bash', 'proc.tty': '3*' } }, true],
    [{ outputFields: { 'proc.args': 'b' } }, true],
    [{ outputFields: { 'proc.none': '*' } }, false],
  ])('%j: %s', (match: any, expected) => {
    expect(isMatch(match, subject)).toBe(expected);
  });

  it('says what each condition wants and finds', () => {
    expect(
      explainMatch({ namespaces: ['a', 'b'], tags: ['x'] }, subject),
    ).toEqual([
      {
        field: 'tags',
        isMet: false,
        expected: 'x',
        actual: 'T1059, container',
      },
      {
        field: 'namespaces',
        isMet: false,
        expected: 'a or b',
        actual: 'demo',
      },
    ]);
  });
});

describe("the original's rules", () => {
  const stored = (rule: object) => ({
    ...ruleInputSchema.parse(rule),
    id: 'r',
    revision: 1,
    position: 0,
    origin: 'user' as const,
    updatedAt: '',
    updatedBy: '',
  });

  it('survive there and back', () => {
    const original = fc.record({
      rule: fc.constantFrom('Clear Log Activities', 'Run shell untrusted'),
      cluster: fc.constantFrom('cluster1', 'cluster2'),
      action: fc.constantFrom('migrate' as const, 'log' as const),
      forensic_analysis: fc.boolean(),
      AI_suggestion: fc.boolean(),
    });
    fc.assert(
      fc.property(original, rule => {
        const isMigrate = rule.action === 'migrate';
        const targetCluster = isMigrate ? 'cluster9' : null;
        const there = fromOriginal({ ...rule, targetCluster }, 'approve');
        expect(toOriginal(stored(there))).toEqual({
          ...rule,
          targetCluster,
          // The original's page wants forensics for the AI, too; a rule that only logs has neither.
          forensic_analysis:
            isMigrate && (rule.forensic_analysis || rule.AI_suggestion),
          AI_suggestion: isMigrate && rule.AI_suggestion,
        });
      }),
    );
  });

  it('need a target to migrate', () => {
    const rule = { rule: 'r', cluster: 'c', action: 'migrate' as const };
    expect(() => fromOriginal(rule, 'auto')).toThrow('targetCluster:');
  });

  it.each([
    { match: { rules: ['a*'], clusters: ['c'] }, action: 'log' },
    { match: { rules: ['a', 'b'], clusters: ['c'] }, action: 'log' },
    { match: { rules: ['a'] }, action: 'log' },
    {
      match: { rules: ['a'], clusters: ['c'], sources: ['s'] },
      action: 'log',
    },
    { match: { rules: ['a'], clusters: ['c'] }, action: 'notify' },
    {
      match: { rules: ['a'], clusters: ['c'] },
      action: 'migrate',
      target: { policy: 'quarantine' },
    },
  ])('cannot express %j', rule => {
    expect(toOriginal(stored({ name: 'n', ...rule }))).toBeUndefined();
  });
});

describe('what rules tell apart', () => {
  const byShell = { 'proc.name': '*sh' };
  const condition = JSON.stringify(byShell);

  it.each<[string, RuleMatch, string[]]>([
    ['a condition that is met', { outputFields: byShell }, [condition]],
    ['one that is not', { outputFields: { 'proc.name': 'nc' } }, []],
    ['a field that is not there', { outputFields: { 'fd.name': '*' } }, []],
    ['no field at all', { rules: ['*'], outputFields: {} }, []],
    ['another alert', { rules: ['Read *'], outputFields: byShell }, []],
    [
      'a pod that is not known yet',
      {
        namespaces: ['other'],
        labels: { app: 'other' },
        outputFields: byShell,
      },
      [condition],
    ],
  ])('is, by %s, %#', (_what, match, expected) => {
    expect(listMetBy([{ match }])(subject)).toEqual(expected);
  });

  it('does not depend on their order, nor on how many say the same', () => {
    const one = { match: { outputFields: byShell } };
    const other = { match: { outputFields: { 'proc.args': 'b' } } };
    const met = listMetBy([one, other])(subject);
    expect(met).toHaveLength(2);
    expect(listMetBy([other, one, one])(subject)).toEqual(met);
  });
});

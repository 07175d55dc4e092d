import { matchesSelector, parseLabelSelector } from './labelSelector';

describe('parseLabelSelector', () => {
  const labels = { app: 'shop', tier: 'web', empty: '' };

  it.each([
    ['', true],
    ['app=shop', true],
    ['app==shop,tier=web', true],
    ['app!=shop', false],
    ['absent!=x', true],
    ['tier in (db, web)', true],
    ['tier notin (db,web)', false],
    ['absent notin (a)', true],
    ['app', true],
    ['!app', false],
    ['!absent', true],
    ['empty=', true],
    ['tier in (web),app in (a,shop),!absent', true],
    ['backstage.io/kubernetes-id=shop', false],
  ])('%s', (selector, expected) => {
    expect(matchesSelector(parseLabelSelector(selector), labels)).toBe(
      expected,
    );
  });

  it('refuses what is no selector', () => {
    expect(() => parseLabelSelector('a b')).toThrow(
      "unable to parse requirement: found 'a b'",
    );
  });

  it('does not take what every object has for a label', () => {
    expect(matchesSelector(parseLabelSelector('toString'), {})).toBe(false);
  });
});

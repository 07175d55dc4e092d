import { alert } from './alertStore';

/** An alert as others. */
export const base = JSON.parse(alert().payload);

/** JSON that is an alert for the one who takes it in, and that somebody has thought about. */
export const poison = [
  { output_fields: { 'container.id': { toString: '' }, 'proc.cmdline': {} } },
  { output_fields: { 'k8s.pod.name': ['a'], 'k8s.ns.name': 7 } },
  { output_fields: { ['__proto__']: 'x', constructor: 'y', toString: 'z' } },
  { tags: { length: 1e9 }, source: { valueOf: 1 }, hostname: [[]] },
  { rule: 'lone \ud800 surrogates \udfff', output: '\ud83d' },
  { rule: 'NUL \0', output: '\0\0', source: '\0', hostname: '\0' },
  { output_fields: { 'proc.cmdline': '\0\ud800'.repeat(5_000) } },
  { rule: 'x'.repeat(60_000) },
  { output: 'x'.repeat(60_000), tags: Array(500).fill('t') },
  { time: '-271821-04-20T00:00:00Z' },
  { time: '+275760-09-13T00:00:00Z' },
  { output_fields: { n: 1e308, m: -0, k: 9e15, list: [[[[[[1]]]]]] } },
].map(change => JSON.stringify({ ...base, ...change }));
const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
poison.push(
  `{"rule":"deep","priority":"Error","time":"2026-11-23T00:00:00Z","output_fields":{"deep":${deep}}}`,
  `{"rule":"twice","priority":"Error","time":"2026-11-23T00:00:00Z","output_fields":{"a":1,"a":{}},"rule":"last"}`,
  `{"rule":"r","priority":"Error","time":"2026-11-23T00:00:00Z","\\u0000":{"\\ud800":1},"output_fields":{"\\u0000":"\\ud800"}}`,
);

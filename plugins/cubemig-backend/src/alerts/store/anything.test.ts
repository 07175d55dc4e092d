import { fc } from '../../__testUtils__/fc';
import { explainMatch, listMetBy } from '../../response/rules';
import { ParsedAlert, parseAlerts } from '../ingest';
import { fromRow, OccurrenceRow, toRow } from './AlertRow';
import { groupOccurrences } from './foldOccurrences';

const fieldNames = fc.constantFrom(
  'container.id',
  'container.name',
  'container.image.repository',
  'k8s.ns.name',
  'k8s.pod.name',
  'ka.target.resource',
  'ka.target.name',
  'proc.cmdline',
  'proc.name',
  '__proto__',
  'toString',
);
const text = fc.string({ unit: 'binary', maxLength: 600 });
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  text,
  fc.constantFrom('<NA>', '', 'host', 'pods', '\ud800', '\0', '*?['),
);
const fields = fc.dictionary(fc.oneof(fieldNames, text), value);

/** Whatever JSON may be taken in. */
const payloads = fc
  .record(
    {
      rule: fc.oneof(text, value),
      priority: fc.constantFrom('info', 'Critical', 'EMERGENCY'),
      time: fc.constantFrom(
        '2026-09-01T10:15:03.434319636Z',
        '+275760-09-13T00:00:00Z',
        '-271821-04-20T00:00:00Z',
      ),
      output: value,
      source: value,
      hostname: value,
      tags: fc.oneof(fc.array(value), value),
      output_fields: fc.oneof(fields, value),
      message: value,
      uuid: value,
    },
    { requiredKeys: ['rule', 'priority', 'time'] },
  )
  .map(raw => JSON.stringify(raw));

const matches = fc.record(
  {
    rules: fc.array(text, { minLength: 1, maxLength: 3 }),
    tags: fc.array(text, { minLength: 1, maxLength: 3 }),
    sources: fc.array(text, { minLength: 1, maxLength: 3 }),
    outputFields: fc.dictionary(fc.oneof(fieldNames, text), text),
    labels: fc.dictionary(fc.oneof(fieldNames, text), text),
  },
  { requiredKeys: ['outputFields'] },
);

/** PostgreSQL's own bounds. */
const LENGTHS = {
  namespace: 253,
  pod: 253,
  container: 253,
  container_id: 64,
  source: 128,
};

function accept(payload: string): ParsedAlert[] {
  try {
    return parseAlerts(payload);
  } catch (error) {
    expect((error as Error).name).toBe('InputError');
    return [];
  }
}

describe('whatever is taken in', () => {
  it('can be folded, stored, and asked about by rules', () => {
    const receivedAt = '2026-11-23T10:00:00.000Z';
    fc.assert(
      fc.property(
        fc.array(payloads, { maxLength: 4 }),
        matches,
        (all, match) => {
          const rows = all.flatMap(accept).map(
            ({ text: payload }, id): OccurrenceRow => ({
              id,
              alert_id: null,
              cluster: 'c1',
              received_at: receivedAt,
              payload,
              identity: null,
              bytes: 0,
            }),
          );
          const rules = { identity: 'r', listMet: listMetBy([{ match }]) };
          const groups = [...groupOccurrences(rows, rules).values()];
          expect(
            groups.flatMap(({ occurrences }) => occurrences).sort(),
          ).toEqual(rows.map(({ id }) => id));
          for (const { latest, occurrences } of groups) {
            expect(latest.rule).not.toBe('CubeMig cannot read an alert');
            const row = toRow('id', latest, {
              occurrences: occurrences.length,
              receivedAt,
              windowUntil: receivedAt,
            });
            expect(JSON.stringify(row)).not.toContain('\\u0000');
            for (const [column, length] of Object.entries(LENGTHS)) {
              const stored = row[column as keyof typeof LENGTHS] ?? '';
              expect(stored.length).toBeLessThanOrEqual(length);
            }
            expect(Number.isSafeInteger(row.last_minute)).toBe(true);
            const conditions = explainMatch(match, fromRow(row));
            expect(conditions.length).toBeGreaterThanOrEqual(
              Object.keys(match.outputFields).length,
            );
          }
        },
      ),
    );
  });
});

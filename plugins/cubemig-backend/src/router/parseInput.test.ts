import {
  migrationQuerySchema,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { parseInput } from './parseInput';

describe('parseInput', () => {
  it.each([
    [
      migrationQuerySchema,
      { since: 'yesterday' },
      'since',
      'must be a time such as 2026-11-23T14:00:00Z',
    ],
    [
      migrationQuerySchema,
      { limit: 'many' },
      'limit',
      'Invalid input: expected number, received NaN',
    ],
    [
      migrationQuerySchema,
      { stauts: 'failed' },
      'stauts',
      'is not a known field; leave it out',
    ],
    [
      migrationRequestSchema,
      { mode: 'move', targetCluster: 'c2', pod: 'p' },
      'sourceCluster',
      'is missing: give a string; namespace: is missing: give a string',
    ],
  ])('says what is wrong with which field %#', (schema, input, field, text) => {
    expect(() => parseInput(schema, input)).toThrow(
      expect.objectContaining({ field, message: `${field}: ${text}` }),
    );
  });
});

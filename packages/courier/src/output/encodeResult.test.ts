import {
  CourierResult,
  courierResultSchema,
} from '@cubemig/plugin-cubemig-common';
import { encodeResult } from './encodeResult';

const checkpoint = (index: number) => ({
  container: `container-${index}-${'x'.repeat(45)}`,
  digest: `sha256:${'a'.repeat(64)}`,
  archiveBytes: 123456789012,
  layerBytes: 123456789012,
  frozenMicros: 123456,
});

const result = (count: number, message?: string): CourierResult => ({
  version: 1,
  migration: 'm1',
  checkpoints: Array.from({ length: count }, (_, index) => checkpoint(index)),
  ...(message && { failure: { message } }),
});

describe('encodeResult', () => {
  it('leaves alone what fits', () => {
    expect(JSON.parse(encodeResult(result(3, 'why')))).toEqual(
      result(3, 'why'),
    );
  });

  it.each([
    [15, undefined, 15],
    [32, undefined, 15],
    [32, 'why '.repeat(370), 13],
    [0, '\u0000'.repeat(1500), 0],
    [2, '€'.repeat(1500), 2],
  ])(
    'keeps %i checkpoints with a failure below the limit of the kubelet',
    (count, message, atLeast) => {
      const text = encodeResult(result(count, message));
      expect(Buffer.byteLength(text)).toBeLessThan(4096);
      const { checkpoints, failure } = courierResultSchema.parse(
        JSON.parse(text),
      );
      expect(failure?.message === undefined).toBe(message === undefined);
      expect(checkpoints.length).toBeGreaterThanOrEqual(atLeast);
    },
  );

  it('says nothing of reports and volumes before it leaves out a checkpoint', () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    const full = result(12);
    const text = encodeResult({
      ...full,
      checkpoints: full.checkpoints.map(found => ({
        ...found,
        report: { digest, bytes: 123456 },
      })),
      volumes: Array.from({ length: 32 }, (_, index) => ({
        name: `volume-${index}`,
        digest,
        bytes: 123456789,
      })),
    });
    expect(Buffer.byteLength(text)).toBeLessThan(4096);
    const kept = courierResultSchema.parse(JSON.parse(text));
    expect(kept.checkpoints).toHaveLength(12);
    expect(kept.checkpoints[0].report).toBeUndefined();
    expect(kept.volumes).toBeUndefined();
  });
});

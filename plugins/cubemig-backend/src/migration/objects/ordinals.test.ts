import { extendRange, OrdinalRange, rangeOf, shrinkRange } from './ordinals';
import { fc } from '../../__testUtils__/fc';

const ordinal = fc.nat(12);
const range = fc.record({ start: fc.nat(6), replicas: fc.nat(6) });

function ordinalsOf({ start, replicas }: OrdinalRange) {
  return Array.from({ length: replicas }, (_, index) => start + index);
}

describe('the ordinals of a StatefulSet', () => {
  it('begin at zero, with one replica, if nothing is said', () => {
    expect(rangeOf({})).toEqual({ start: 0, replicas: 1 });
  });

  it('gain just the one that is asked for, or stay', () => {
    fc.assert(
      fc.property(range, ordinal, (before, added) => {
        const after = extendRange(before, added);
        const wanted = [...ordinalsOf(before), added].sort((a, b) => a - b);
        const isWhole = wanted.every((n, i) => n === wanted[0] + i);
        expect(after && ordinalsOf(after)).toEqual(
          isWhole ? wanted : undefined,
        );
      }),
    );
  });

  it('lose just the one that is asked for, or stay', () => {
    fc.assert(
      fc.property(range, ordinal, (before, removed) => {
        const after = shrinkRange(before, removed);
        const left = ordinalsOf(before).filter(n => n !== removed);
        const isWhole =
          left.length < before.replicas &&
          left.every((n, i) => n === left[0] + i);
        expect(after && ordinalsOf(after)).toEqual(isWhole ? left : undefined);
      }),
    );
  });
});

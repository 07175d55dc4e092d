import { readFrozenTime } from './frozenTime';

const real = Buffer.from(
  '405910550633095723000000' +
    '0a2108af0510a0fc0718a50a20da01283130003821400048005008580860006800700000',
  'hex',
);

describe('readFrozenTime', () => {
  it('reads microseconds', () => {
    expect(readFrozenTime(real)).toBe(130592);
  });

  it('makes nothing of what is not such a file', () => {
    expect(readFrozenTime(Buffer.alloc(0))).toBeUndefined();
    expect(readFrozenTime(Buffer.alloc(64))).toBeUndefined();
    expect(readFrozenTime(real.subarray(0, 15))).toBeUndefined();
    const lying = Buffer.from(real);
    lying.fill(0xff, 12);
    expect(readFrozenTime(lying)).toBeUndefined();
  });
});

import { Pace } from './Pace';

const MIB = 1024 * 1024;

/** A pace that has seen how long link and packing take for a MiB, and how much of it is left then. */
function paceOf(linkMs: number, packMs: number, ratio: number) {
  const pace = new Pace(2);
  for (let sent = 0; !pace.shouldPack && sent < 64; sent++) {
    pace.noteSent(MIB, linkMs);
  }
  for (let part = 0; part < 16; part++) {
    expect(pace.shouldPack).toBe(true);
    pace.notePacked(MIB, ratio * MIB, packMs);
  }
  return pace;
}

describe('Pace', () => {
  it('learns how fast the link is before it packs anything', () => {
    const pace = new Pace(2);
    expect(pace.shouldPack).toBe(false);
    pace.noteSent(MIB, 8);
    expect(pace.shouldPack).toBe(false);
  });

  it('does not take long to learn that a link is slow', () => {
    const pace = new Pace(2);
    pace.noteSent(MIB, 800);
    expect(pace.shouldPack).toBe(true);
  });

  it.each([
    ['packs on a slow link', 8, 0.3, true],
    ['does not pack on a link that is faster than packing', 1, 0.3, false],
    ['does not pack what does not shrink', 8, 1, false],
  ])('%s', (_, linkMs, ratio, expected) => {
    expect(paceOf(linkMs, 4, ratio).shouldPack).toBe(expected);
  });

  it('asks again after a while', () => {
    const pace = paceOf(8, 4, 0.3);
    for (let sent = 0; sent < 192; sent++) {
      expect(pace.shouldPack).toBe(true);
      pace.noteSent(MIB, 8);
    }
    expect(pace.shouldPack).toBe(false);
  });
});

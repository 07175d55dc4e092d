import { parseChallenge } from './challenge';

describe('parseChallenge', () => {
  it('reads a bearer challenge', () => {
    expect(
      parseChallenge(
        'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
      ),
    ).toEqual({
      scheme: 'bearer',
      realm: 'https://auth.example/token',
      service: 'registry.example',
    });
  });

  it('reads a basic challenge', () => {
    expect(parseChallenge('Basic realm="x"')).toEqual({ scheme: 'basic' });
  });

  it('prefers bearer where both are offered', () => {
    expect(
      parseChallenge(['Basic realm="x"', 'Bearer realm="https://a/token"']),
    ).toMatchObject({ scheme: 'bearer' });
  });

  it('knows no other', () => {
    expect(parseChallenge(undefined)).toBeUndefined();
    expect(parseChallenge('Negotiate')).toBeUndefined();
    expect(parseChallenge('Bearer service="x"')).toBeUndefined();
  });
});

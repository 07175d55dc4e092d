import { parseDockerConfig } from './credentials';

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

describe('parseDockerConfig', () => {
  it.each([
    'registry.example:5000',
    'https://registry.example:5000',
    'https://registry.example:5000/v1/',
    'http://Registry.example:5000/v2/',
  ])('finds a host under the key %s', key => {
    const json = JSON.stringify({ auths: { [key]: auth('user:pa:ss') } });
    expect(parseDockerConfig(json, 'registry.example:5000')).toEqual({
      username: 'user',
      password: 'pa:ss',
    });
  });

  it('takes user name and password where they stand apart', () => {
    const json = JSON.stringify({
      auths: { 'r.example': { username: 'user', password: 'pw' } },
    });
    expect(parseDockerConfig(json, 'r.example')).toEqual({
      username: 'user',
      password: 'pw',
    });
  });

  it('never gives one host the credentials of another', () => {
    const json = JSON.stringify({
      auths: { 'r.example': auth('user:pw') },
    });
    expect(parseDockerConfig(json, 'r.example:5000')).toBeUndefined();
    expect(parseDockerConfig(json, 'example')).toBeUndefined();
    expect(parseDockerConfig(json, 'r.example.evil')).toBeUndefined();
    expect(parseDockerConfig('{}', 'r.example')).toBeUndefined();
  });

  it('does not quote what it cannot read', () => {
    expect(() => parseDockerConfig('secret!', 'r.example')).toThrow(
      'The registry credentials are not a Docker config.json',
    );
  });
});

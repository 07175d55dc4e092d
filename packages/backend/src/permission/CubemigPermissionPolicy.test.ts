import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { CubemigPermissionPolicy } from './CubemigPermissionPolicy';

function userOf(ref: string, ...groups: string[]): PolicyQueryUser {
  return {
    credentials: mockCredentials.user(ref),
    info: { userEntityRef: ref, ownershipEntityRefs: [ref, ...groups] },
  };
}

const start = createPermission({
  name: 'cubemig.migration.create',
  attributes: { action: 'create' },
  resourceType: 'catalog-entity',
});
const see = createPermission({
  name: 'cubemig.migration.read',
  attributes: { action: 'read' },
});
const rule = createPermission({
  name: 'cubemig.rule.write',
  attributes: { action: 'update' },
});
const inside = createPermission({
  name: 'cubemig.forensics.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});
const reveal = createPermission({
  name: 'cubemig.forensics.reveal-secrets',
  attributes: {},
  resourceType: 'catalog-entity',
});
const proxy = createPermission({ name: 'kubernetes.proxy', attributes: {} });

describe('CubemigPermissionPolicy', () => {
  const policy = new CubemigPermissionPolicy(['group:default/platform']);
  const admin = userOf('user:default/ada', 'group:default/platform');
  const developer = userOf('user:default/dan', 'group:default/shop');
  const decide = async (permission: any, user?: PolicyQueryUser) =>
    (await policy.handle({ permission }, user)).result;

  it('lets administrators do all but use the proxy', async () => {
    for (const permission of [start, see, inside, rule, reveal]) {
      expect(await decide(permission, admin)).toBe(AuthorizeResult.ALLOW);
    }
    expect(await decide(proxy, admin)).toBe(AuthorizeResult.DENY);
  });

  it.each([start, inside])(
    'lets owners do $name, for what they own',
    async permission => {
      expect(await policy.handle({ permission }, developer)).toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          resourceType: 'catalog-entity',
          params: {
            claims: expect.arrayContaining([
              'user:default/dan',
              'group:default/shop',
            ]),
          },
        },
      });
    },
  );

  it('lets everybody read what is for all, and change nothing there', async () => {
    expect(await decide(see, developer)).toBe(AuthorizeResult.ALLOW);
    expect(await decide(rule, developer)).toBe(AuthorizeResult.DENY);
    expect(await decide(reveal, developer)).toBe(AuthorizeResult.DENY);
  });

  it('lets nobody but administrators say in the catalog what is whose', async () => {
    const register = createPermission({
      name: 'catalog.location.create',
      attributes: { action: 'create' },
    });
    const remove = createPermission({
      name: 'catalog.entity.delete',
      attributes: { action: 'delete' },
      resourceType: 'catalog-entity',
    });
    const look = createPermission({
      name: 'catalog.location.read',
      attributes: { action: 'read' },
    });
    expect(await decide(register, admin)).toBe(AuthorizeResult.ALLOW);
    expect(await decide(register, developer)).toBe(AuthorizeResult.DENY);
    expect(await decide(remove, developer)).toBe(AuthorizeResult.CONDITIONAL);
    expect(await decide(look, developer)).toBe(AuthorizeResult.ALLOW);
  });

  it('lets nobody do anything who is not signed in', async () => {
    expect(await decide(see)).toBe(AuthorizeResult.DENY);
  });
});

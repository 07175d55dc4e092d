import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { createDatabases } from '../../__testUtils__/createDatabases';
import {
  attackedReport,
  cleanReport,
  createDatabase,
  createMigration,
} from '../../forensics/__testUtils__/reports';
import { cubemigPlugin } from '../../plugin';
import { onlyOwned } from '../../__testUtils__/onlyOwned';

const databases = createDatabases();

export const API = '/api/cubemig';

/**
 * The plugin with reports of three migrations: `m0` and `m1` of `component:default/shop`, `m2` of another entity.
 *
 * @param denied - names of permissions that the caller lacks
 * @param owned - the only entity that is the caller's; without, all are
 */
export async function startInvestigation(
  denied: string[] = [],
  owned?: string,
) {
  const before = createMigration('m0');
  const after = createMigration('m1');
  const foreign = {
    ...createMigration('m2'),
    entityRef: 'component:default/other',
  };
  const { knex, reports } = await createDatabase(
    databases,
    'SQLITE_3',
    before,
    after,
    foreign,
  );
  const { cluster, namespace, pod } = after.source;
  for (const [migration, report] of [
    ['m0', cleanReport],
    ['m1', attackedReport],
    ['m2', cleanReport],
  ] as const) {
    const key = { migration, container: 'shop' };
    await reports.expect({
      ...key,
      subject: {
        cluster,
        namespace,
        pod,
        entityRef: 'component:default/shop',
      },
      source: { repository: 'r', digest: 'd', image: 'i', bytes: 1 },
    });
    await reports.store(key, 1, report);
  }
  const actions = actionsRegistryServiceMock();
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const backend = await startTestBackend({
    features: [
      cubemigPlugin,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      auditor.factory,
      mockServices.database.factory({ knex }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission, resourceRef }) => ({
            result:
              denied.includes(permission.name) ||
              (owned && resourceRef && resourceRef !== owned)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) =>
            owned && !denied.includes(permission.name)
              ? onlyOwned
              : {
                  result: denied.includes(permission.name)
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
                },
          ),
      }).factory,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          cubemig: {
            namespaces: ['demo'],
            courier: { image: 'r/courier:1' },
            registry: { host: '127.0.0.1:1', insecure: true },
          },
        },
      }),
    ],
  });
  return { agent: request(backend.server), actions, auditor, event };
}

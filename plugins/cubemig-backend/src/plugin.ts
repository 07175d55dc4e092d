import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  ALERTS_CHANNEL,
  cubemigPermissions,
  Migration,
  MIGRATIONS_CHANNEL,
} from '@cubemig/plugin-cubemig-common';
import { responseActionsExtensionPoint } from '@cubemig/plugin-cubemig-node';
import { AssessmentStore } from './assessment';
import { KubernetesPluginClusters } from './clusters';
import { readCubemigConfig } from './config';
import { createInvestigation } from './investigation';
import { migrationFiles, MigrationLogs } from './logs';
import {
  createEndAudit,
  createPlan,
  createRegistryClient,
  DatabaseMigrationStore,
  MigrationEngine,
  MigrationService,
  MigrationWorker,
  Retention,
  scheduleRetention,
  steps,
} from './migration';
import {
  announceChanges,
  ChangeSignals,
  createEndMetrics,
  createEndNotice,
} from './observability';
import { EntityFinder, PodReader } from './pods';
import { ResponseActions } from './response';
import { createResponse } from './response/createResponse';
import {
  Access,
  createClusterRoutes,
  createInsightRoutes,
  createLegacyRoutes,
  createLogRoutes,
  createMigrationActionRoutes,
  createMigrationRoutes,
  createPlanRoutes,
  createPodRoutes,
  Entities,
  OrderDesk,
  serveApi,
} from './router';
import { passUpgrades } from './simulation';

/**
 * CubeMig's control plane: shows the pods of the clusters of Backstage's Kubernetes config and migrates them.
 *
 * @public
 */
export const cubemigPlugin = createBackendPlugin({
  pluginId: 'cubemig',
  register(env) {
    const responseActions = new ResponseActions();
    env.registerExtensionPoint(responseActionsExtensionPoint, responseActions);
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({
        actions,
        auditor,
        auth,
        catalog,
        config,
        database,
        discovery,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        notifications,
        permissions,
        permissionsRegistry,
        scheduler,
        signals,
      }) {
        const settings = readCubemigConfig(config);
        const clusters = KubernetesPluginClusters.create({ auth, discovery });
        const migrationSignals = new ChangeSignals({
          signals,
          logger,
          channel: MIGRATIONS_CHANNEL,
        });
        const stored = await DatabaseMigrationStore.create(
          database,
          settings.migration,
        );
        const store = announceChanges(stored, migrationSignals.tell);
        const auditEnd = createEndAudit(auditor);
        const measureEnd = createEndMetrics(metrics, () =>
          store.countByStatus(),
        );
        const assessments = new AssessmentStore(await database.getClient());
        const owners = createEndNotice({
          notifications,
          logger,
          getMigration: id => store.get(id),
          listAssessments: id => assessments.list(id),
        });
        const registry = createRegistryClient(settings);
        const retention = new Retention({
          clusters,
          config: settings,
          logger,
          registry,
          retention: stored.retention,
          store,
        });
        const access = new Access({ config, httpAuth, permissions });
        const entities = new Entities(catalog);
        const pods = new PodReader(clusters, settings.namespaces);
        const investigation = await createInvestigation({
          access,
          actions,
          auth,
          clusters,
          config: settings,
          database,
          discovery,
          entities,
          logger,
          metrics,
          pods,
          registry,
          store,
          tell: migrationSignals.tell,
          onAssessed: owners.tellAssessed,
        });
        const onEnd = async (migration: Migration) => {
          // First who may fail: then all are told again.
          await auditEnd(migration);
          measureEnd(migration);
          await owners.tellEnd(migration);
        };
        const worker = new MigrationWorker({
          engine: new MigrationEngine(steps),
          tools: {
            clusters,
            config: settings,
            registry,
            store: investigation.store,
          },
          logger,
          onEnd,
        });

        const finder = new EntityFinder({ auth, catalog, logger });
        const migrations = new MigrationService({
          clusters,
          entities: finder,
          store,
          onAdded: () => worker.wake(),
          onEnd,
        });
        const desk = new OrderDesk({
          access,
          clusters,
          entities,
          pods,
          store,
        });

        const response = await createResponse({
          access,
          actions: responseActions,
          auditor,
          clusters,
          config: settings,
          database,
          entities,
          finder,
          logger,
          metrics,
          migrations,
          notifications,
          signal: new ChangeSignals({
            signals,
            logger,
            channel: ALERTS_CHANNEL,
          }).tell,
          store,
        });

        const logs = new MigrationLogs({
          store,
          sources: [migrationFiles(store), investigation.files],
        });

        permissionsRegistry.addPermissions(cubemigPermissions);
        investigation.registerActions(migrations);
        httpRouter.use(passUpgrades);
        serveApi(httpRouter, {
          access,
          auditor,
          routes: [
            ...createClusterRoutes({ clusters, entities, pods }),
            ...createMigrationRoutes({ desk, migrations, store }),
            ...createPodRoutes({
              clusters,
              desk,
              migrations,
              protectedNamespaces: settings.migration.protectedNamespaces,
            }),
            ...createPlanRoutes({
              desk,
              plan: order =>
                createPlan(order, { clusters, config: settings, store }),
            }),
            ...createMigrationActionRoutes({ access, desk, migrations }),
            ...createInsightRoutes({
              clusters,
              courierNamespace: settings.courier.namespace,
              migrations,
              store,
            }),
            ...createLegacyRoutes({ desk, migrations, pods }),
            ...createLogRoutes({ access, logs }),
            ...investigation.createRoutes(migrations),
            ...response.routes,
          ],
        });
        const { everyMinutes } = settings.retention;
        await scheduleRetention(scheduler, retention, everyMinutes);
        lifecycle.addStartupHook(() => {
          worker.start();
          investigation.start();
          response.start();
        });
        lifecycle.addShutdownHook(async () => {
          await response.stop();
          await worker.stop();
          await investigation.stop();
          await registry.close();
        });
      },
    });
  },
});

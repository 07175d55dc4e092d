import {
  AuditorService,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  AlertIntake,
  AlertResolver,
  AlertWorker,
  DatabaseAlertReader,
  DatabaseAlertStore,
  writeAhead,
} from '../alerts';
import { TokenBucket } from '../alerts/ingest';
import { Clusters } from '../clusters';
import { CubemigConfig } from '../config';
import { MigrationService, MigrationStore } from '../migration';
import { EntityFinder } from '../pods';
import {
  Access,
  createAlertIngest,
  createAlertRoutes,
  createDecisionRoutes,
  createLegacyRuleRoutes,
  createRuleRoutes,
  Entities,
} from '../router';
import {
  logAction,
  Messenger,
  migrationActions,
  notifyAction,
  ResponseActions,
} from './actions';
import { createDecisionListener } from './createDecisionListener';
import { createResponseMetrics } from './createResponseMetrics';
import { DatabaseDecisionStore } from './decisions';
import { GuardFactsReader } from './guards';
import { Responder } from './Responder';
import { RuleBench } from './RuleBench';
import { DatabaseRuleStore } from './rules';

/** Any one makes pages ask for their lists again; what a storm leaves out, they find when they poll. */
const SIGNALS_PER_SECOND = 20;

/** Alerts and what is done about them, wired. The database must have the tables already. */
export async function createResponse(options: {
  access: Access;
  /** With the actions of modules; the built-in ones are added. */
  actions: ResponseActions;
  auditor: AuditorService;
  clusters: Clusters;
  config: CubemigConfig;
  database: DatabaseService;
  entities: Entities;
  finder: Pick<EntityFinder, 'find'>;
  logger: LoggerService;
  metrics: MetricsService;
  migrations: MigrationService;
  notifications: NotificationService;
  /** Tells pages that an alert has changed. */
  signal: (alert: string) => void;
  store: MigrationStore;
}) {
  const { access, actions, auditor, clusters, finder } = options;
  const { config, entities, logger, migrations, store } = options;
  const knex = await options.database.getClient();
  await writeAhead(knex);
  const signals = new TokenBucket(SIGNALS_PER_SECOND);
  const signal = (alert: string) => {
    if (signals.take(1)) options.signal(alert);
  };
  const alerts = new DatabaseAlertStore(knex, message => logger.warn(message));
  const reader = new DatabaseAlertReader(knex);
  const decisions = new DatabaseDecisionStore(knex, alerts);
  const rules = new DatabaseRuleStore(knex);
  const messenger = new Messenger(
    options.notifications,
    config.response.notify,
  );
  const metrics = createResponseMetrics(options.metrics);
  const grantedNamespaces = config.namespaces;
  const facts = new GuardFactsReader({
    clusters,
    config: config.response,
    decisions,
    grantedNamespaces,
    migrations: store,
    protectedNamespaces: config.migration.protectedNamespaces,
  });
  [
    logAction(logger),
    notifyAction(messenger),
    ...migrationActions({ config: config.response, migrations, store }),
  ].forEach(action => actions.addAction(action));
  await rules.seed(config.response.rules);

  const worker = new AlertWorker({
    config: config.alerts,
    handler: new Responder({
      actions,
      alerts,
      decisions,
      facts,
      listener: createDecisionListener({
        auditor,
        logger,
        messenger,
        metrics,
        signal,
      }),
      logger,
      migrations: store,
      rules,
      maxAlertAgeSeconds: config.response.maxAlertAgeSeconds,
    }),
    logger,
    resolver: new AlertResolver({
      clusters,
      entities: finder,
      grantedNamespaces,
      logger,
      migrations: store,
    }),
    store: alerts,
    onFolded: async ({ received, opened, grown }) => {
      metrics.onFolded(received - opened.length);
      [...opened, ...grown].forEach(signal);
    },
  });
  const intake = new AlertIntake({
    config: config.alerts,
    store: alerts,
    onStored: (taken, cluster) => {
      metrics.onReceived(taken, cluster);
      if (taken.accepted > 0) worker.wake();
    },
  });
  const bench = new RuleBench({ actions, alerts, facts, rules });

  return {
    routes: [
      ...createAlertIngest(intake),
      ...createAlertRoutes({
        access,
        alerts: reader,
        store: alerts,
        decisions,
        entities,
        history: store,
        onHandled: options.signal,
      }),
      ...createRuleRoutes({ access, actions, bench, rules }),
      ...createLegacyRuleRoutes({ access, rules }),
      ...createDecisionRoutes({
        access,
        decisions,
        entities,
        onSettled: () => worker.wake(),
      }),
    ],
    start: () => worker.start(),
    async stop() {
      await intake.stop();
      await worker.stop();
    },
  };
}

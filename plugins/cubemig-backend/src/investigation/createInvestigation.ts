import {
  AuthService,
  DatabaseService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import { RegistryClient } from '@cubemig/oci';
import { Assessment } from '@cubemig/plugin-cubemig-common';
import { DatabaseAlertReader, DatabaseAlertStore } from '../alerts';
import { createAssessments } from '../assessment';
import { Clusters } from '../clusters';
import { CubemigConfig } from '../config';
import {
  createForensics,
  DatabaseForensicsStore,
  watchCheckpoints,
} from '../forensics';
import { MigrationService, MigrationStore } from '../migration';
import { createAssessmentMetrics } from '../observability';
import { kubernetesIdOf, PodReader } from '../pods';
import {
  Access,
  createAssessmentRoutes,
  createForensicsRoutes,
  createSimulationRoutes,
  Entities,
  Route,
} from '../router';
import {
  ProxiedPodShell,
  SimulationService,
  SimulationStore,
} from '../simulation';
import { forensicFiles } from './forensicFiles';
import { registerActions } from './registerActions';

/** Forensic reports, assessments and simulations, wired. The database must have the tables already. */
export async function createInvestigation(options: {
  access: Access;
  actions: ActionsRegistryService;
  auth: AuthService;
  clusters: Clusters;
  config: CubemigConfig;
  database: DatabaseService;
  discovery: DiscoveryService;
  entities: Entities;
  logger: LoggerService;
  metrics: MetricsService;
  pods: PodReader;
  registry: RegistryClient;
  store: MigrationStore;
  /** Told of every migration about which there is news. */
  tell: (migration: string) => void;
  /** Told of every assessment that is over. */
  onAssessed: (assessment: Assessment) => void;
}) {
  const { access, actions, auth, clusters, config, discovery } = options;
  const { database, entities, logger, pods, registry, store, tell } = options;
  const knex = await database.getClient();
  const alerts = new DatabaseAlertStore(knex);
  const reports = new DatabaseForensicsStore(knex);
  const measure = createAssessmentMetrics(options.metrics);
  const assessments = createAssessments({
    knex,
    config: config.assessment,
    logger,
    reports,
    getMigration: id => store.get(id),
    getAlert: id => alerts.getRecord(id),
    onChanged: tell,
    onEnded: assessment => {
      measure(assessment);
      options.onAssessed(assessment);
    },
  });
  const { collector, inquiries } = createForensics({
    knex,
    clusters,
    config,
    logger,
    registry,
    reports,
    onStored: assessments.startIfWanted,
    onChanged: tell,
  });
  const simulations = new SimulationService({
    clusters,
    config: config.simulation,
    logger,
    namespaces: config.namespaces,
    pods,
    shell: new ProxiedPodShell({ auth, discovery }),
    store: new SimulationStore(knex),
  });
  const { service } = assessments;

  return {
    /** The store through which checkpoints are to be recorded: their reports are fetched then. */
    store: watchCheckpoints(store, migration => {
      collector
        .expect(migration)
        .catch(error =>
          logger.error('Cannot note forensic reports', error as Error),
        );
    }),

    files: forensicFiles({ reports, assessments: service }),

    createRoutes(migrations: MigrationService): Route[] {
      return [
        ...createForensicsRoutes({
          access,
          assessments: service,
          collector,
          inquiries,
          migrations,
          reports,
          store,
        }),
        ...createAssessmentRoutes({ access, assessments: service, migrations }),
        ...createSimulationRoutes({ access, simulations }),
      ];
    },

    registerActions(migrations: MigrationService) {
      registerActions(actions, {
        alerts: new DatabaseAlertReader(knex),
        getMigration: id => migrations.get(id),
        reports,
        readKubernetesId: async (entityRef, credentials) =>
          kubernetesIdOf(await entities.read(entityRef, credentials)),
        access,
      });
    },

    start() {
      collector.start();
      assessments
        .resume()
        .catch(error =>
          logger.error('Cannot resume assessments', error as Error),
        );
    },

    async stop() {
      await Promise.all([collector.stop(), service.stop(), simulations.stop()]);
    },
  };
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { RegistryClient } from '@cubemig/oci';
import { ReportKey } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { Clusters } from '../clusters';
import { CubemigConfig } from '../config';
import { ReportCollector } from './collect';
import { InquiryService, InquiryStore } from './inquiries';
import { ForensicsStore } from './store';

/** All that has to do with the insides of checkpoints, wired. `knex` is a database that has the tables already. */
export function createForensics(options: {
  knex: Knex;
  clusters: Clusters;
  config: CubemigConfig;
  logger: LoggerService;
  registry: RegistryClient;
  reports: ForensicsStore;
  /** Told about every report that was stored. */
  onStored: (key: ReportKey) => Promise<void>;
  /** Told of every migration about whose reports there is news. */
  onChanged: (migration: string) => void;
}) {
  const { knex, clusters, config, logger, registry, reports } = options;
  const collector = new ReportCollector({
    store: reports,
    registry,
    config,
    logger,
    onStored: options.onStored,
    onChanged: options.onChanged,
  });
  const inquiries = new InquiryService({
    clusters,
    config,
    reports,
    store: new InquiryStore(knex),
  });
  return { collector, inquiries };
}

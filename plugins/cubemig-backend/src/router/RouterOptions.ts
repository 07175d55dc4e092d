import { AuditorService } from '@backstage/backend-plugin-api';
import { Clusters } from '../clusters';
import { MigrationService, MigrationStore } from '../migration';
import { PodReader } from '../pods';
import { Access } from './Access';
import { Entities } from './Entities';

/** What the routes are made of. */
export interface RouterOptions {
  access: Access;
  auditor: AuditorService;
  clusters: Clusters;
  entities: Entities;
  migrations: MigrationService;
  pods: PodReader;
  store: MigrationStore;
}

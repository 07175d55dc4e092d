import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  Cluster,
  ClusterPods,
  clusterPodsSchema,
  clusterSchema,
} from './schema/clusters';
import {
  Migration,
  MigrationRequest,
  migrationSchema,
  TimelineEvent,
  timelineEventSchema,
} from './schema/migrations';

/** What a client may ask of CubeMig's backend. */
export interface CubemigApi {
  /** The clusters of Backstage's Kubernetes config. */
  getClusters(): Promise<Cluster[]>;
  /** An entity's pods, by cluster. */
  getEntityPods(entityRef: string): Promise<ClusterPods[]>;
  /** Starts a migration; resolves as soon as the backend has stored it. */
  startMigration(request: MigrationRequest): Promise<Migration>;
  /** Migrations, newest first. */
  getMigrations(filter?: {
    entityRef?: string;
    limit?: number;
  }): Promise<Migration[]>;
  getMigration(id: string): Promise<Migration>;
  /** A migration's timeline, oldest first. */
  getTimeline(id: string): Promise<TimelineEvent[]>;
}

/**
 * Talks to CubeMig's backend, from a browser (with Backstage's `fetchApi`) or from a server (with a `fetchApi` that adds a
 * token). Answers are validated; an error answer is thrown as a `ResponseError`.
 */
export class CubemigClient implements CubemigApi {
  constructor(
    private readonly options: {
      discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
      fetchApi: { fetch: typeof fetch };
    },
  ) {}

  async getClusters() {
    return this.list('/clusters', clusterSchema);
  }

  async getEntityPods(entityRef: string) {
    return this.list(
      `/pods?entityRef=${encodeURIComponent(entityRef)}`,
      clusterPodsSchema,
    );
  }

  async startMigration(request: MigrationRequest) {
    const answer = await this.request('/migrations', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return migrationSchema.parse(answer);
  }

  async getMigrations(filter: { entityRef?: string; limit?: number } = {}) {
    const query = new URLSearchParams();
    if (filter.entityRef) query.set('entityRef', filter.entityRef);
    if (filter.limit) query.set('limit', String(filter.limit));
    return this.list(`/migrations?${query}`, migrationSchema);
  }

  async getMigration(id: string) {
    return migrationSchema.parse(
      await this.request(`/migrations/${encodeURIComponent(id)}`),
    );
  }

  async getTimeline(id: string) {
    return this.list(
      `/migrations/${encodeURIComponent(id)}/timeline`,
      timelineEventSchema,
    );
  }

  private async list<T extends z.ZodType>(path: string, item: T) {
    const answer = await this.request(path);
    return z.object({ items: z.array(item) }).parse(answer).items;
  }

  private async request(path: string, init?: RequestInit): Promise<unknown> {
    const { discoveryApi, fetchApi } = this.options;
    const baseUrl = await discoveryApi.getBaseUrl('cubemig');
    const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

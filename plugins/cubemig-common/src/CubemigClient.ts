import { ResponseError } from '@backstage/errors';
import { AlertsApi, createAlertsApi } from './client/alerts';
import { ApiConnection } from './client/ApiConnection';
import { AssessmentApi, createAssessmentApi } from './client/assessment';
import { ClustersApi, createClustersApi } from './client/clusters';
import { createForensicsApi, ForensicsApi } from './client/forensics';
import { createMigrationsApi, MigrationsApi } from './client/migrations';
import { createResponseApi, ResponseApi } from './client/response';
import { createSimulationApi, SimulationApi } from './client/simulation';

/** What a client may ask of CubeMig's backend. */
export interface CubemigApi {
  readonly clusters: ClustersApi;
  readonly migrations: MigrationsApi;
  readonly alerts: AlertsApi;
  readonly response: ResponseApi;
  readonly forensics: ForensicsApi;
  readonly assessments: AssessmentApi;
  readonly simulations: SimulationApi;
}

/**
 * Talks to CubeMig's backend, from a browser (with Backstage's `fetchApi`) or from a server (with a `fetchApi` that adds a
 * token). Answers are validated; an error answer is thrown as a `ResponseError`.
 */
export class CubemigClient implements CubemigApi {
  readonly clusters: ClustersApi;
  readonly migrations: MigrationsApi;
  readonly alerts: AlertsApi;
  readonly response: ResponseApi;
  readonly forensics: ForensicsApi;
  readonly assessments: AssessmentApi;
  readonly simulations: SimulationApi;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    const { discoveryApi, fetchApi } = options;
    const connection: ApiConnection = {
      async send(path, init) {
        const baseUrl = await discoveryApi.getBaseUrl('cubemig');
        const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
        if (!response.ok) throw await ResponseError.fromResponse(response);
        return response;
      },
    };
    this.clusters = createClustersApi(connection);
    this.migrations = createMigrationsApi(connection);
    this.alerts = createAlertsApi(connection);
    this.response = createResponseApi(connection);
    this.forensics = createForensicsApi(connection);
    this.assessments = createAssessmentApi(connection);
    this.simulations = createSimulationApi(connection);
  }
}

import {
  Attack,
  attackSchema,
  Simulation,
  SimulationPod,
  simulationPodSchema,
  SimulationRequest,
  simulationSchema,
} from '../schema/simulation';
import {
  ApiConnection,
  ask,
  askList,
  toQuery,
  withJson,
} from './ApiConnection';

/** Harmless imitations of attacks, to see the response work. */
export interface SimulationApi {
  getAttacks(): Promise<Attack[]>;
  /** A namespace's pods, each with whether attacks may be simulated in it. */
  getSimulationPods(
    cluster: string,
    namespace: string,
  ): Promise<SimulationPod[]>;
  /** Resolves as soon as the attack runs. */
  startSimulation(request: SimulationRequest): Promise<Simulation>;
  /** Newest first. */
  getSimulations(filter?: { limit?: number }): Promise<Simulation[]>;
  getSimulation(id: string): Promise<Simulation>;
}

export function createSimulationApi(connection: ApiConnection): SimulationApi {
  return {
    getAttacks: () => askList(connection, attackSchema, '/simulations/attacks'),
    getSimulationPods: (cluster, namespace) =>
      askList(
        connection,
        simulationPodSchema,
        `/simulations/pods${toQuery({ cluster, namespace })}`,
      ),
    startSimulation: request =>
      ask(
        connection,
        simulationSchema,
        '/simulations',
        withJson('POST', request),
      ),
    getSimulations: (filter = {}) =>
      askList(connection, simulationSchema, `/simulations${toQuery(filter)}`),
    getSimulation: id =>
      ask(
        connection,
        simulationSchema,
        `/simulations/${encodeURIComponent(id)}`,
      ),
  };
}

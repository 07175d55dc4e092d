import { ConflictError } from '@backstage/errors';
import { Simulation } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';

interface SimulationRow {
  id: string;
  active_pod: string | null;
  started_at: string;
  simulation: string;
}

/** Whoever ran a simulation that is older is gone: none lasts so long, in milliseconds. */
const LONGEST_MS = 600_000;

/** Keeps simulations in Backstage's database. */
export class SimulationStore {
  /** @param knex - a database that has the tables already */
  constructor(private readonly knex: Knex) {}

  /** @throws ConflictError if another one runs in the same pod */
  async add(simulation: Simulation) {
    const { cluster, namespace, pod } = simulation;
    const activePod = `${cluster}/${namespace}/${pod}`;
    await this.knex<SimulationRow>('simulations')
      .where('active_pod', activePod)
      .andWhere(
        'started_at',
        '<',
        new Date(Date.now() - LONGEST_MS).toISOString(),
      )
      .update({ active_pod: null });
    const added = await this.knex<SimulationRow>('simulations')
      .insert({
        id: simulation.id,
        active_pod: activePod,
        started_at: simulation.startedAt,
        simulation: JSON.stringify(simulation),
      })
      .onConflict('active_pod')
      .ignore()
      .returning('id');
    if (added.length === 0) {
      throw new ConflictError(
        `pod: an attack is being simulated in '${pod}' already; wait for it to end`,
      );
    }
  }

  async end(simulation: Simulation) {
    await this.knex<SimulationRow>('simulations')
      .where({ id: simulation.id })
      .update({ active_pod: null, simulation: JSON.stringify(simulation) });
  }

  async get(id: string): Promise<Simulation | undefined> {
    const row = await this.knex<SimulationRow>('simulations')
      .where({ id })
      .first();
    return row && toSimulation(row);
  }

  /** Newest first. */
  async list(limit: number): Promise<Simulation[]> {
    const rows = await this.knex<SimulationRow>('simulations')
      .orderBy('started_at', 'desc')
      .orderBy('id')
      .limit(limit);
    return rows.map(toSimulation);
  }
}

function toSimulation({ simulation, started_at }: SimulationRow): Simulation {
  const stored: Simulation = JSON.parse(simulation);
  const isLost =
    stored.status === 'running' &&
    Date.parse(started_at) < Date.now() - LONGEST_MS;
  return isLost
    ? {
        ...stored,
        status: 'failed',
        problem: {
          code: 'simulation-interrupted',
          message:
            'The backend that ran this simulation stopped in the middle.',
          remedy: 'Run it again.',
        },
      }
    : stored;
}

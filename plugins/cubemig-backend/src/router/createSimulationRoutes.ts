import {
  attackSchema,
  clusterName,
  cubemigSimulationRunPermission,
  namespaceName,
  simulateRequestSchema,
  simulationPodSchema,
  simulationRequestSchema,
  simulationSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { attacks, SimulationService } from '../simulation';
import { Access } from './Access';
import { itemsOf } from './itemsOf';
import { Route, route } from './route';

const permission = cubemigSimulationRunPermission;
const audit = {
  eventId: 'simulation-start',
  severityLevel: 'medium' as const,
};

/** Harmless attacks, to see whether the response works. */
export function createSimulationRoutes(options: {
  access: Access;
  simulations: SimulationService;
}): Route[] {
  const { access, simulations } = options;
  return [
    route(
      'GET /simulations/attacks',
      {
        summary: "What can be simulated, and which of Falco's rules it meets",
        permission,
        answer: itemsOf(attackSchema),
      },
      async () => ({ items: [...attacks] }),
    ),
    route(
      'GET /simulations/pods',
      {
        summary: 'Pods, each with why attacks may not be simulated in it',
        permission,
        query: z.strictObject({
          cluster: clusterName,
          namespace: namespaceName,
        }),
        answer: itemsOf(simulationPodSchema),
      },
      async ({ query }) => ({
        items: await simulations.listPods(query.cluster, query.namespace),
      }),
    ),
    route(
      'POST /simulations',
      {
        summary: 'Run a harmless attack in a pod that is labelled for it',
        permission,
        body: simulationRequestSchema,
        answer: simulationSchema,
        status: 202,
        audit,
      },
      async ({ body, caller, audited }) => {
        const started = await simulations.start(body, access.nameOf(caller));
        audited.simulation = started.id;
        return started;
      },
    ),
    route(
      'GET /simulations',
      {
        summary: 'Simulations, newest first',
        permission,
        query: z.strictObject({
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        answer: itemsOf(simulationSchema),
      },
      async ({ query }) => ({ items: await simulations.list(query.limit) }),
    ),
    route(
      'GET /simulations/:id',
      {
        summary: 'One simulation: what it printed and how it ended',
        permission,
        answer: simulationSchema,
      },
      async ({ params }) => simulations.get(params.id),
    ),
    route(
      'POST /simulate',
      {
        summary: 'As the original CubeMig: attack an application',
        description:
          'The first running pod with the label app=appName, or of that name, that is labelled for it.',
        permission,
        body: simulateRequestSchema,
        answer: simulationSchema,
        status: 202,
        audit,
      },
      async ({ body, caller, audited }) => {
        const started = await simulations.startByApp(
          body.appName,
          body.attackType,
          access.nameOf(caller),
        );
        audited.simulation = started.id;
        return started;
      },
    ),
  ];
}

import {
  cubemigMigrationCreatePermission,
  cubemigMigrationReadPermission,
  MigrationOrder,
  migrationRequestFields,
  migrationRequestSchema,
  migrationStatuses,
} from '@cubemig/plugin-cubemig-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { kubernetesIdOf } from '../pods';
import { parseInput } from './parseInput';
import { RouterOptions } from './RouterOptions';

const listQuerySchema = z.object({
  entityRef: z.string().min(1).max(512).optional(),
  status: z
    .string()
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(migrationStatuses)))
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Starting migrations and following them. */
export function createMigrationRoutes(options: RouterOptions) {
  const { access, auditor, entities, migrations, pods, store } = options;
  const router = Router();

  router.post('/migrations', async (req, res) => {
    const auditorEvent = await auditor.createEvent({
      eventId: 'migration-start',
      severityLevel: 'medium',
      request: req,
      meta: auditable(req),
    });
    try {
      const credentials = await access.require(
        req,
        cubemigMigrationCreatePermission,
      );
      const request = parseInput(migrationRequestSchema, req.body);
      pods.requireGranted(request.namespace);
      const migration = await migrations.start(request, {
        createdBy: access.nameOf(credentials),
        kubernetesId: await readKubernetesId(request, credentials),
      });
      await auditorEvent.success({ meta: { migration: migration.id } });
      res.status(202).json(migration);
    } catch (error) {
      await auditorEvent.fail({ error: error as Error });
      throw error;
    }
  });

  router.get('/migrations', async (req, res) => {
    await access.require(req, cubemigMigrationReadPermission);
    const { status, ...filter } = parseInput(listQuerySchema, req.query);
    res.json({ items: await store.list({ ...filter, statuses: status }) });
  });

  router.get('/migrations/:id', async (req, res) => {
    await access.require(req, cubemigMigrationReadPermission);
    res.json(await migrations.get(req.params.id));
  });

  router.get('/migrations/:id/timeline', async (req, res) => {
    await access.require(req, cubemigMigrationReadPermission);
    const { id } = await migrations.get(req.params.id);
    res.json({ items: await store.listEvents(id) });
  });

  async function readKubernetesId(
    { entityRef }: MigrationOrder,
    credentials: BackstageCredentials,
  ) {
    if (!entityRef) return undefined;
    return kubernetesIdOf(await entities.read(entityRef, credentials));
  }

  return router;
}

/** What the audit log keeps of a request that may yet turn out to be nonsense. */
function auditable({ body }: Request) {
  return Object.fromEntries(
    migrationRequestFields
      .map(field => [field, body?.[field]])
      .filter(([, value]) => typeof value === 'string')
      .map(([field, value]) => [field, value.slice(0, 1000)]),
  );
}

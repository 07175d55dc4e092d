import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

/* A backend with nothing but what migrates: it is up again soon after it was killed. It ends with the program that has started it. */
process.stdin.on('close', () => process.exit()).resume();

const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    // Backstage's own compiles the types of all settings first, to find the secrets among them: most of the time that a start takes.
    factory: () => WinstonLogger.create({ level: 'warn' }),
  }),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@cubemig/plugin-cubemig-backend'));
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});

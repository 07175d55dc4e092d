import { createBackend } from '@backstage/backend-defaults';

// Nobody reads the log any more. Backstage would log that it cannot log, and that, without end.
process.stdout.once('error', () => process.exit(1));

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permission'));

// Several replicas tell each other of signals through it.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@cubemig/plugin-cubemig-backend'));

backend.start();

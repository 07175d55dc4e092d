import { RequestHandler } from 'express';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';

const PREFIX = '/api/kubernetes/proxy/';
const passing = new WeakSet<Server>();

/**
 * Lets WebSockets get through to the kubernetes plugin's proxy.
 *
 * The proxy takes an upgrade as an ordinary request, which is what Node makes of it as long as nobody listens to the server's `upgrade`.
 * The signals plugin listens to it (and leaves what is not its own unanswered), so that from the first browser on that asks for signals,
 * no command could be run any more. Here such upgrades are made ordinary requests again.
 */
export const passUpgrades: RequestHandler = (req, _res, next) => {
  const { server } = req.socket as unknown as { server?: Server };
  if (server && !passing.has(server)) {
    passing.add(server);
    server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
      const isOnlyListener = server.listenerCount('upgrade') === 1;
      if (isOnlyListener || request.url?.startsWith(PREFIX)) {
        const response = new ServerResponse(request);
        response.assignSocket(socket as never);
        server.emit('request', request, response);
      }
    });
  }
  next();
};

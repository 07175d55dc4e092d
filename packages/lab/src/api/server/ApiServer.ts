import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS } from '../access';
import { ApiError } from '../ApiError';
import type { UserInfo } from '../ClusterAccess';
import { findTypeOfResource, type ResourceType } from '../resources';
import { parseRequestInfo, type RequestInfo } from './RequestInfo';
import type { ResourceRequest, ServedCluster } from './ServedCluster';
import { answerPath } from './discovery';
import {
  readObject,
  refuseUpgrade,
  sendError,
  sendJson,
  sendText,
} from './messages';
import { handleGet, handleList } from './readRequests';
import { describeForbidden } from './describeForbidden';
import { impersonate } from './impersonate';
import { connectExec, type UpgradeRequest } from './execRequests';
import { REVIEWS, type Review } from './reviews';
import { SUBRESOURCES } from './subresources';
import { handleWatch } from './watchRequests';
import { handleDelete, handleDeleteCollection } from './deleteRequests';
import { handleCreate, handlePatch, handleUpdate } from './writeRequests';

const VERBS: Record<
  string,
  (request: ResourceRequest) => void | Promise<void>
> = {
  get: handleGet,
  list: handleList,
  watch: handleWatch,
  create: handleCreate,
  update: handleUpdate,
  patch: handlePatch,
  delete: handleDelete,
  deletecollection: handleDeleteCollection,
};

/** One cluster's Kubernetes API over https. */
export class ApiServer {
  private constructor(
    private readonly server: Server,
    /** The port it listens on, also where it was asked for any. */
    readonly port: number,
  ) {}

  /** Listens on the cluster's address; rejects where the port is taken. */
  static async start(cluster: ServedCluster): Promise<ApiServer> {
    const { host, port } = cluster.apiServer;
    const { certificatePem, keyPem } = await cluster.ca.issue({
      commonName: 'kube-apiserver',
      addresses: [...new Set([host, '127.0.0.1'])],
      dnsNames: ['localhost', 'kubernetes.default.svc'],
    });
    const server = createServer(
      { cert: certificatePem, key: keyPem },
      (message, response) => {
        // A client that goes while a watch is being written to it is nobody's failure.
        response.on('error', () => response.destroy());
        if (isCutOff(cluster)) {
          message.socket.destroy();
          return;
        }
        answer(cluster, message, response).catch(error =>
          sendError(response, error),
        );
      },
    );
    server.on('upgrade', (message, socket, head) => {
      socket.on('error', () => socket.destroy());
      connect(cluster, { message, socket, head }).catch(error =>
        refuseUpgrade(socket, error),
      );
    });
    server.listen(port, host);
    await once(server, 'listening');
    const stopListening = cluster.faults.onChange(() => {
      if (isCutOff(cluster)) {
        server.closeAllConnections();
      }
    });
    server.once('close', stopListening);
    return new ApiServer(server, (server.address() as AddressInfo).port);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

function isCutOff({ faults, name }: ServedCluster): boolean {
  return faults.find('api-unreachable', { cluster: name }) !== undefined;
}

async function connect(
  cluster: ServedCluster,
  upgrade: UpgradeRequest,
): Promise<void> {
  if (isCutOff(cluster)) {
    upgrade.socket.destroy();
    return;
  }
  await connectExec(cluster, authenticate(cluster, upgrade.message), upgrade);
}

async function answer(
  cluster: ServedCluster,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const user = authenticate(cluster, message);
  const { host, port } = cluster.apiServer;
  const url = new URL(message.url ?? '/', `https://${host}:${port}`);
  const info = parseRequestInfo(message.method ?? 'GET', url);
  if (!info) {
    answerOtherPath(cluster, user, message, response, url.pathname);
    return;
  }
  if (!cluster.access.authorize(user, info)) {
    throw describeForbidden(user, info);
  }
  const review = findReview(info);
  if (review && info.verb === 'create') {
    await answerReview(cluster, user, review, message, response);
    return;
  }
  const type = findTypeOfResource(info.group, info.version, info.resource);
  if (!type || (info.namespace && !type.namespaced)) {
    throw noSuchResource();
  }
  const handle = chooseHandler(type, info);
  const { searchParams: query } = url;
  await handle({ cluster, user, info, type, query, message, response });
}

function authenticate(
  cluster: ServedCluster,
  { headers }: IncomingMessage,
): UserInfo {
  return impersonate(cluster, userOf(cluster, headers.authorization), headers);
}

function userOf({ access }: ServedCluster, authorization?: string): UserInfo {
  if (!authorization) {
    return ANONYMOUS;
  }
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  const user = token && access.authenticate(token);
  if (!user) {
    throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  }
  return user;
}

function answerOtherPath(
  { access, apiServer }: ServedCluster,
  user: UserInfo,
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
): void {
  const verb = (message.method ?? 'GET').toLowerCase();
  if (!access.authorize(user, { verb, path })) {
    throw new ApiError(
      403,
      'Forbidden',
      `forbidden: User "${user.username}" cannot ${verb} path "${path}"`,
      {},
    );
  }
  const found = answerPath(path, `${apiServer.host}:${apiServer.port}`);
  if (found === undefined) {
    throw noSuchResource();
  }
  if (typeof found === 'string') {
    sendText(response, 200, found);
  } else {
    sendJson(response, 200, found);
  }
}

function chooseHandler(type: ResourceType, info: RequestInfo) {
  const { subresource, verb } = info;
  if (!subresource) {
    const handler = VERBS[verb];
    if (!handler || (verb === 'create' && info.name)) {
      throw methodNotAllowed();
    }
    return handler;
  }
  const served = type.subresources.find(name => name === subresource);
  if (!served) {
    throw noSuchResource();
  }
  const handlers = SUBRESOURCES[served];
  const handler = handlers[verb] ?? handlers['*'];
  if (!handler) {
    throw methodNotAllowed();
  }
  return handler;
}

function findReview(info: RequestInfo): Review | undefined {
  return REVIEWS.find(
    ({ group, version, plural }) =>
      group === info.group &&
      version === info.version &&
      plural === info.resource,
  );
}

async function answerReview(
  cluster: ServedCluster,
  user: UserInfo,
  review: Review,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readObject(message);
  const { group, version, kind } = review;
  sendJson(response, 201, {
    ...body,
    kind,
    apiVersion: `${group}/${version}`,
    metadata: body.metadata ?? {},
    status: review.answer(cluster, user, body.spec ?? {}),
  });
}

function noSuchResource(): ApiError {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

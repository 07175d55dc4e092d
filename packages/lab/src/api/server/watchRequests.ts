import { secondsOf } from '../../faults/Faults';
import { ApiError, badRequest, expired } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { apiVersionOf } from '../resources';
import type { Change } from '../store';
import { isFlag } from './RequestInfo';
import type { ResourceRequest } from './ServedCluster';
import { parseSelection } from './readRequests';
import { chooseRepresentation } from './representation';

/** How often a watch that allows bookmarks is told where it stands. */
const BOOKMARK_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_S = 1800;
const MAX_UNSENT_BYTES = 16 * 1024 * 1024;

type Selection = (object: KubeObject) => boolean;

/** Streams changes, one JSON object a line, until the client goes or the time is up. */
export function handleWatch(request: ResourceRequest): void {
  const { cluster, type, info, query, message, response } = request;
  const { store } = cluster;
  const matches = parseSelection(type, query);
  const isSelected: Selection = object =>
    (!info.namespace || object.metadata.namespace === info.namespace) &&
    matches(object);
  const { represent } = chooseRepresentation(message.headers.accept, query);
  const from = parseResourceVersion(query.get('resourceVersion'));
  const wantsInitial =
    from === undefined || from === 0 || isFlag(query, 'sendInitialEvents');

  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();
  const send = (event: string, object: unknown) =>
    response.write(`${JSON.stringify({ type: event, object })}\n`);
  const sendChange = (event: string, object: KubeObject) =>
    send(event, represent(type, object));
  const sendBookmark = (annotations?: Record<string, string>) =>
    send('BOOKMARK', {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: {
        resourceVersion: String(store.revision),
        creationTimestamp: null,
        ...(annotations ? { annotations } : {}),
      },
    });
  const onChange = (change: Change) => {
    if (change.type.kind === type.kind) {
      const seen = narrowChange(change, isSelected);
      if (seen) {
        sendChange(seen.event, seen.object);
      }
    }
  };

  if (wantsInitial) {
    for (const object of store.list(type.kind, info.namespace)) {
      if (isSelected(object)) {
        sendChange('ADDED', object);
      }
    }
    if (isFlag(query, 'sendInitialEvents')) {
      sendBookmark({ 'k8s.io/initial-events-end': 'true' });
    }
  } else {
    try {
      if (cluster.faults.strike('watch-expired', { cluster: cluster.name })) {
        throw expired(from, store.revision);
      }
      store.log.since(from).forEach(onChange);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      // The answer has begun: what is too old is told as an event.
      send('ERROR', error.toStatus());
      response.end();
      return;
    }
  }

  const stopListening = store.log.listen(change => {
    // Who does not keep up must list again, as with a real API server.
    if (response.writableLength > MAX_UNSENT_BYTES) {
      response.destroy();
    } else {
      onChange(change);
    }
  });
  const bookmarks = isFlag(query, 'allowWatchBookmarks')
    ? setInterval(
        () => response.writable && sendBookmark(),
        BOOKMARK_INTERVAL_MS,
      )
    : undefined;
  const timeout = setTimeout(() => {
    stopListening();
    response.end();
  }, Number(query.get('timeoutSeconds') || DEFAULT_TIMEOUT_S) * 1000);
  const forgetFault = dropByFault(request);
  response.on('close', () => {
    stopListening();
    forgetFault();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

/** By the fault `watch-dropped`; returns how to stop looking out for it. */
function dropByFault({ cluster, response }: ResourceRequest): () => void {
  const { faults, name } = cluster;
  const find = () => faults.find('watch-dropped', { cluster: name });
  const known = find();
  const timer = known
    ? setTimeout(() => response.destroy(), secondsOf(known) * 1000)
    : undefined;
  const stopListening = faults.onChange(() => {
    if (find()) {
      response.destroy();
    }
  });
  return () => {
    clearTimeout(timer);
    stopListening();
  };
}

/** A change as a watch with a selection sees it: what enters the selection was added, what leaves it was deleted. */
function narrowChange(
  { event, object, previous }: Change,
  isSelected: Selection,
): { event: Change['event']; object: KubeObject } | undefined {
  const is = event !== 'DELETED' && isSelected(object);
  const was =
    event === 'DELETED'
      ? isSelected(previous ?? object)
      : previous !== undefined && isSelected(previous);
  if (is) {
    return { event: was ? 'MODIFIED' : 'ADDED', object };
  }
  return was ? { event: 'DELETED', object } : undefined;
}

function parseResourceVersion(text: string | null): number | undefined {
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(`invalid resource version: ${text}`);
  }
  return Number(text);
}

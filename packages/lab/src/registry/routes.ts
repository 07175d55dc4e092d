import { createReadStream, promises as fs } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from './BlobStore';
import { manifestRoutes } from './manifestRoutes';
import type { ManifestStore } from './ManifestStore';
import { checkDigest, checkRepository } from './names';
import { RegistryError } from './RegistryError';
import { rangeOf, UploadStore } from './UploadStore';

/** What a request is answered with and from. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  repository: string;
  /** The last part of the path: a digest, tag or upload id. */
  reference: string;
  /** Every blob passes one on its way in or out, so that a fault can cut it off. */
  newCut: () => Transform;
  blobs: BlobStore;
  uploads: UploadStore;
  manifests: ManifestStore;
}

export type Handler = (exchange: Exchange) => Promise<void>;

export interface Route {
  /** With the groups `repository` and, where there is one, `reference`. */
  path: RegExp;
  methods: Record<string, Handler>;
}

const blobUnknown = () =>
  new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');

const readBlob: Handler = async exchange => {
  const { request, response, repository, reference, blobs, newCut } = exchange;
  const file = blobs.find(repository, checkDigest(reference));
  if (!file) {
    throw blobUnknown();
  }
  const { size } = await fs.stat(file);
  const range = request.headers.range
    ? parseRange(request.headers.range, size)
    : undefined;
  response.writeHead(range ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': range ? range.end - range.start + 1 : size,
    'Docker-Content-Digest': reference,
    'Accept-Ranges': 'bytes',
    ETag: `"${reference}"`,
    ...(range
      ? { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` }
      : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file, range), newCut(), response);
};

const removeBlob: Handler = async ({
  response,
  repository,
  reference,
  blobs,
}) => {
  if (!(await blobs.remove(repository, checkDigest(reference)))) {
    throw blobUnknown();
  }
  response.writeHead(202).end();
};

const beginUpload: Handler = async exchange => {
  const { request, response, url, repository, blobs, uploads, newCut } =
    exchange;
  const mount = url.searchParams.get('mount');
  const from = url.searchParams.get('from');
  if (
    mount &&
    from &&
    (await blobs.mount(repository, checkDigest(mount), checkRepository(from)))
  ) {
    answerCreated(response, repository, mount);
    return;
  }
  const upload = await uploads.begin(repository);
  const digest = url.searchParams.get('digest');
  if (digest) {
    await uploads.append(upload, request, newCut());
    await uploads.finish(upload, checkDigest(digest), blobs);
    answerCreated(response, repository, digest);
    return;
  }
  answerUpload(response, 202, upload);
};

const appendUpload: Handler = async ({
  request,
  response,
  repository,
  reference,
  uploads,
  newCut,
}) => {
  const upload = uploads.find(repository, reference);
  await uploads.append(
    upload,
    request,
    newCut(),
    startOf(request.headers['content-range']),
  );
  answerUpload(response, 202, upload);
};

const finishUpload: Handler = async exchange => {
  const { request, response, url, repository, reference, blobs, uploads } =
    exchange;
  const upload = uploads.find(repository, reference);
  const digest = checkDigest(url.searchParams.get('digest'));
  await uploads.append(
    upload,
    request,
    exchange.newCut(),
    startOf(request.headers['content-range']),
  );
  await uploads.finish(upload, digest, blobs);
  answerCreated(response, repository, digest);
};

const describeUpload: Handler = async ({
  response,
  repository,
  reference,
  uploads,
}) => answerUpload(response, 204, uploads.find(repository, reference));

const cancelUpload: Handler = async ({
  response,
  repository,
  reference,
  uploads,
}) => {
  await uploads.cancel(uploads.find(repository, reference));
  response.writeHead(204).end();
};

/** All paths of the distribution specification but `/v2/` itself. */
export const routes: Route[] = [
  {
    path: /^\/v2\/(?<repository>.+)\/blobs\/uploads\/?$/,
    methods: { POST: beginUpload },
  },
  {
    path: /^\/v2\/(?<repository>.+)\/blobs\/uploads\/(?<reference>[^/]+)$/,
    methods: {
      PATCH: appendUpload,
      PUT: finishUpload,
      GET: describeUpload,
      DELETE: cancelUpload,
    },
  },
  {
    path: /^\/v2\/(?<repository>.+)\/blobs\/(?<reference>[^/]+)$/,
    methods: { GET: readBlob, HEAD: readBlob, DELETE: removeBlob },
  },
  ...manifestRoutes,
];

function answerCreated(
  response: ServerResponse,
  repository: string,
  digest: string,
) {
  response
    .writeHead(201, {
      Location: `/v2/${repository}/blobs/${digest}`,
      'Docker-Content-Digest': digest,
    })
    .end();
}

function answerUpload(
  response: ServerResponse,
  status: number,
  upload: { id: string; repository: string; size: number },
) {
  response
    .writeHead(status, {
      Location: `/v2/${upload.repository}/blobs/uploads/${upload.id}`,
      Range: rangeOf(upload),
      'Docker-Upload-UUID': upload.id,
    })
    .end();
}

/** The first number of an upload's `Content-Range: <start>-<end>`. */
function startOf(range: string | undefined): number | undefined {
  const match = range?.match(/^(?:bytes )?(\d+)-\d+/);
  return match ? Number(match[1]) : undefined;
}

function parseRange(
  header: string,
  size: number,
): { start: number; end: number } {
  const match = header.match(/^bytes=(\d*)-(\d*)$/);
  const [first, last] = [match?.[1], match?.[2]];
  let start = Number(first);
  let end = last ? Math.min(Number(last), size - 1) : size - 1;
  if (!first) {
    start = Math.max(size - Number(last), 0);
    end = size - 1;
  }
  if (!match || (!first && !last) || start > end) {
    throw new RegistryError(416, 'SIZE_INVALID', 'range not satisfiable', {
      'Content-Range': `bytes */${size}`,
    });
  }
  return { start, end };
}

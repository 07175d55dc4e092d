import type { IncomingMessage } from 'node:http';
import { checkDigest, checkReference } from './names';
import { RegistryError } from './RegistryError';
import type { Exchange, Handler, Route } from './routes';

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
/** As distribution. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const DEFAULT_PAGE = 1000;

const readManifest: Handler = async ({
  request,
  response,
  repository,
  reference,
  manifests,
}) => {
  const { digest, mediaType, content } = await manifests.get(
    repository,
    checkReference(reference),
  );
  response.writeHead(200, {
    'Content-Type': mediaType,
    'Content-Length': content.length,
    'Docker-Content-Digest': digest,
    ETag: `"${digest}"`,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
};

const putManifest: Handler = async exchange => {
  const { request, response, repository, reference, manifests } = exchange;
  const content = await readBody(request);
  const manifest = parseManifest(content);
  await checkParts(exchange, manifest);
  const digest = await manifests.put(
    repository,
    checkReference(reference),
    content,
    request.headers['content-type'] ??
      manifest.mediaType ??
      'application/octet-stream',
  );
  response
    .writeHead(201, {
      Location: `/v2/${repository}/manifests/${digest}`,
      'Docker-Content-Digest': digest,
      ...(manifest.subject ? { 'OCI-Subject': manifest.subject.digest } : {}),
    })
    .end();
};

const removeManifest: Handler = async ({
  response,
  repository,
  reference,
  manifests,
}) => {
  await manifests.remove(repository, checkReference(reference));
  response.writeHead(202).end();
};

const listTags: Handler = async exchange => {
  const { url, repository, manifests } = exchange;
  const { page, headers } = paginate(await manifests.tags(repository), url);
  answerJson(exchange, { name: repository, tags: page }, headers);
};

const listRepositories: Handler = async exchange => {
  const { page, headers } = paginate(
    await exchange.manifests.repositories(),
    exchange.url,
  );
  answerJson(exchange, { repositories: page }, headers);
};

const listReferrers: Handler = async exchange => {
  const { url, repository, reference, manifests } = exchange;
  const subject = checkDigest(reference);
  const artifactType = url.searchParams.get('artifactType');
  const referrers = (await manifests.manifests(repository))
    .map(({ digest, mediaType, content }) => ({
      digest,
      mediaType,
      size: content.length,
      manifest: JSON.parse(content.toString()),
    }))
    .filter(({ manifest }) => manifest.subject?.digest === subject)
    .map(({ manifest, ...descriptor }) => ({
      ...descriptor,
      artifactType: manifest.artifactType ?? manifest.config?.mediaType,
      ...(manifest.annotations ? { annotations: manifest.annotations } : {}),
    }))
    .filter(
      descriptor => !artifactType || descriptor.artifactType === artifactType,
    );
  answerJson(
    exchange,
    { schemaVersion: 2, mediaType: OCI_INDEX, manifests: referrers },
    {
      'Content-Type': OCI_INDEX,
      ...(artifactType ? { 'OCI-Filters-Applied': 'artifactType' } : {}),
    },
  );
};

export const manifestRoutes: Route[] = [
  {
    path: /^\/v2\/(?<repository>.+)\/manifests\/(?<reference>[^/]+)$/,
    methods: {
      GET: readManifest,
      HEAD: readManifest,
      PUT: putManifest,
      DELETE: removeManifest,
    },
  },
  {
    path: /^\/v2\/(?<repository>.+)\/tags\/list$/,
    methods: { GET: listTags },
  },
  {
    path: /^\/v2\/(?<repository>.+)\/referrers\/(?<reference>[^/]+)$/,
    methods: { GET: listReferrers },
  },
  { path: /^\/v2\/_catalog$/, methods: { GET: listRepositories } },
];

function answerJson(
  { response }: Exchange,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(200, { 'Content-Type': 'application/json', ...headers })
    .end(JSON.stringify(body));
}

function paginate(names: string[], url: URL) {
  const last = url.searchParams.get('last');
  const limit = Number(url.searchParams.get('n') ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new RegistryError(
      400,
      'PAGINATION_NUMBER_INVALID',
      'invalid number of results requested',
    );
  }
  const rest = last ? names.filter(name => name > last) : names;
  const page = rest.slice(0, limit);
  const headers: Record<string, string> =
    page.length > 0 && page.length < rest.length
      ? {
          Link: `<${url.pathname}?n=${limit}&last=${encodeURIComponent(
            page[page.length - 1],
          )}>; rel="next"`,
        }
      : {};
  return { page, headers };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_MANIFEST_BYTES) {
      throw new RegistryError(413, 'MANIFEST_INVALID', 'manifest is too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseManifest(content: Buffer): any {
  try {
    const manifest = JSON.parse(content.toString());
    if (typeof manifest === 'object' && manifest !== null) {
      return manifest;
    }
  } catch {
    // Told below, like everything else that is no manifest.
  }
  throw new RegistryError(400, 'MANIFEST_INVALID', 'manifest invalid');
}

/** A manifest may only be pushed when everything it names is there. */
async function checkParts(
  { repository, blobs, manifests }: Exchange,
  manifest: any,
) {
  for (const { digest } of [manifest.config, ...(manifest.layers ?? [])].filter(
    Boolean,
  )) {
    if (!blobs.find(repository, checkDigest(digest))) {
      throw new RegistryError(
        404,
        'MANIFEST_BLOB_UNKNOWN',
        `blob unknown to registry: ${digest}`,
      );
    }
  }
  for (const { digest } of manifest.manifests ?? []) {
    await manifests.get(repository, checkDigest(digest));
  }
}

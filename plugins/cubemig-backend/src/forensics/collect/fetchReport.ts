import {
  decryptLayer,
  isEncrypted,
  Manifest,
  RegistryClient,
  verifyImage,
} from '@cubemig/oci';
import {
  CHECKPOINT_REPORT_MAX_BYTES,
  CheckpointReport,
  checkpointReportSchema,
  courierMediaTypes,
  reportClaims,
  ReportKey,
} from '@cubemig/plugin-cubemig-common';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ProblemError } from '../../failures';
import { ReportSource } from '../store';

/** JSON that does not pack at all would be a little longer than it is. */
const MAX_PACKED_BYTES = CHECKPOINT_REPORT_MAX_BYTES + 64 * 1024;

/** What the index of findings can take: detectors have short names, and there are some twenty of them. */
const boundedReportSchema = checkpointReportSchema.refine(
  ({ forensics: { findings } }) =>
    findings.length <= 1_000 &&
    findings.every(({ id }) => /^[a-z0-9-]{1,100}$/.test(id)),
);

const unpack = promisify(gunzip);

export interface FetchOptions {
  registry: Pick<RegistryClient, 'host' | 'resolveTag' | 'downloadBlob'> &
    Pick<RegistryClient, 'getManifest'>;
  /** The platform's own (PEM), for encrypted reports. */
  privateKey?: string;
  /** The source cluster's (PEM): then only what it has signed for this migration is taken. */
  signer?: string;
  signal?: AbortSignal;
}

/**
 * Fetches a forensic report from the registry. Who wrote it may be in hostile hands, so nothing of it is believed but what is checked:
 * the digests, the sizes, that it is about this very checkpoint, its structure, and the signature where there is to be one.
 *
 * @returns the report, and its size as JSON in bytes
 * @throws ProblemError for what another try would not change; errors of the registry as they are
 */
export async function fetchReport(
  key: ReportKey,
  source: ReportSource,
  options: FetchOptions,
): Promise<{ content: CheckpointReport; bytes: number }> {
  const { registry, signal, signer } = options;
  const { repository, digest } = source;
  if (signer) {
    await verifyImage({
      registry,
      repository,
      digest,
      publicKey: signer,
      claims: reportClaims(key.migration, key.container),
      signal,
    });
  }
  const manifest = await registry.getManifest(repository, digest, { signal });
  const layer = findLayer(manifest, source);
  const blob = await registry.downloadBlob(repository, layer, { signal });
  const packed = isEncrypted(layer)
    ? await decrypt(layer, blob, options.privateKey)
    : await collect(blob);
  const json = await unpack(packed, {
    maxOutputLength: CHECKPOINT_REPORT_MAX_BYTES,
  }).catch(error => {
    throw malformed(
      error.code === 'ERR_BUFFER_TOO_LARGE'
        ? `it is longer than ${CHECKPOINT_REPORT_MAX_BYTES} bytes`
        : 'it is not gzip',
    );
  });
  return { content: parse(json), bytes: json.length };
}

function findLayer(manifest: Manifest, { image }: ReportSource) {
  const [layer] = manifest.layers;
  if (
    manifest.artifactType !== courierMediaTypes.report ||
    manifest.layers.length !== 1 ||
    !layer.mediaType.startsWith(courierMediaTypes.reportLayer)
  ) {
    throw malformed('the artifact is something else');
  }
  if (manifest.subject?.digest !== image) {
    throw malformed('it is about another checkpoint');
  }
  if (layer.size > MAX_PACKED_BYTES) {
    throw malformed(`it is longer than ${MAX_PACKED_BYTES} bytes`);
  }
  return layer;
}

async function decrypt(
  layer: Manifest['layers'][number],
  blob: Readable,
  privateKey: string | undefined,
) {
  if (!privateKey) {
    blob.destroy();
    throw new ProblemError({
      code: 'report-key-missing',
      message:
        "The forensic report is encrypted, and the backend does not hold the platform's private key.",
      remedy:
        'Set cubemig.registry.encryption.platformPrivateKeyFile in app-config, then fetch the report again.',
    });
  }
  const { content } = await decryptLayer(layer, blob, [privateKey]);
  return collect(content);
}

/** All of a stream that is bounded by the descriptor it is verified against. */
async function collect(content: Readable): Promise<Buffer> {
  return Buffer.concat(await content.toArray());
}

function parse(json: Buffer): CheckpointReport {
  try {
    // A report that is nested without end makes this throw, too (RangeError).
    return boundedReportSchema.parse(JSON.parse(json.toString('utf8')));
  } catch {
    throw malformed('its structure is not that of a report');
  }
}

function malformed(why: string) {
  return new ProblemError({
    code: 'report-malformed',
    message: `What the courier left as the forensic report cannot be used: ${why}.`,
    remedy:
      "Check that the courier and the backend have the same version, and who else can write to the registry. Treat the source's node with suspicion.",
  });
}

import { RootConfigService } from '@backstage/backend-plugin-api';
import type { ClientCertificate } from '@cubemig/oci';
import {
  namespaceName,
  objectName,
  repositoryPath,
} from '@cubemig/plugin-cubemig-common';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { alertsConfigSchema } from '../alerts/alertsConfig';
import { assessmentConfigSchema } from '../assessment/assessmentConfig';
import { forensicsConfigSchema } from '../forensics/forensicsConfig';
import { placementSettings } from '../migration/placementConfig';
import { retentionConfigSchema } from '../migration/retention/retentionConfig';
import { responseConfigSchema } from '../response/responseConfig';
import { simulationConfigSchema } from '../simulation/simulationConfig';
import {
  encryptionSchema,
  readPlatformPrivateKey,
  readRecipientKeys,
  readSigners,
  RecipientKeys,
  signedBySchema,
} from './clusterKeys';

const seconds = z.number().positive().max(86_400);
const limit = z.number().int().min(1).max(10_000);
const secretNames = z.array(objectName).default([]);

/** The section `cubemig` of app-config; `config.d.ts` explains every key. */
const sectionSchema = z.strictObject({
  namespaces: z.array(namespaceName),
  courier: z.strictObject({
    image: z.string().min(1),
    namespace: namespaceName.default('cubemig'),
    serviceAccount: objectName.default('cubemig-courier'),
    imagePullSecrets: secretNames,
    registrySecret: objectName.default('cubemig-registry'),
    signingSecret: objectName.optional(),
    kubeletSkipTlsVerify: z.boolean().default(false),
    kubeletVia: z.enum(['node', 'api-server']).default('node'),
    keepVolumeClaim: objectName.optional(),
    holdArchives: z.boolean().default(false),
    timeoutSeconds: z.number().int().min(1).max(3600).default(900),
  }),
  registry: z
    .strictObject({
      host: z
        .string()
        .regex(
          /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/,
          'must be host or host:port, without a scheme or path',
        ),
      prefix: repositoryPath.default('cubemig'),
      insecure: z.boolean().default(false),
      username: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
      caFile: z.string().min(1).optional(),
      clientCertificateSecret: objectName.optional(),
      clientCertificateFile: z.string().min(1).optional(),
      clientKeyFile: z.string().min(1).optional(),
      compression: z.enum(['none', 'gzip', 'zstd', 'auto']).default('none'),
      encryption: encryptionSchema.optional(),
      signedBy: signedBySchema.optional(),
      pullSecrets: secretNames,
    })
    .refine(({ username, password }) => !username === !password, {
      path: ['password'],
      message: 'must be set together with username',
    })
    .refine(
      ({ clientCertificateFile, clientKeyFile }) =>
        !clientCertificateFile === !clientKeyFile,
      {
        path: ['clientKeyFile'],
        message: 'must be set together with clientCertificateFile',
      },
    ),
  migration: z
    .strictObject({
      settleSeconds: z.number().min(0).max(3600).default(2),
      concurrency: z.number().int().min(1).max(100).default(4),
      ...placementSettings,
      limits: z
        .strictObject({
          overall: limit.default(16),
          perCluster: limit.default(8),
          perNode: limit.default(2),
          perWorkload: limit.default(1),
        })
        .prefault({}),
      timeouts: z
        .strictObject({
          prePullSeconds: seconds.default(300),
          restoreSeconds: seconds.default(300),
          cutOverSeconds: seconds.default(60),
          stopSeconds: seconds.default(60),
          outageSeconds: seconds.default(120),
        })
        .prefault({}),
    })
    .prefault({}),
  retention: retentionConfigSchema,
  forensics: forensicsConfigSchema,
  assessment: assessmentConfigSchema,
  simulation: simulationConfigSchema,
  alerts: alertsConfigSchema,
  response: responseConfigSchema,
  /** The frontend's (plugins/cubemig/config.d.ts). */
  firstRun: z.string().optional(),
});

/** Nothing outside the granted namespaces is changed, routes neither. */
const cubemigConfigSchema = sectionSchema.superRefine(
  ({ namespaces, migration }, context) =>
    migration.traffic.forEach(({ namespace }, index) => {
      if (namespaces.includes(namespace)) return;
      context.addIssue({
        code: 'custom',
        path: ['migration', 'traffic', index, 'namespace'],
        message: 'must be one of cubemig.namespaces',
      });
    }),
);

/** CubeMig's settings, validated and with defaults filled in. */
export type CubemigConfig = z.infer<typeof cubemigConfigSchema> & {
  /** The registry's CA certificates in PEM, read from `registry.caFile`. */
  registryCa?: string;
  /** What `registry.clientCertificateFile` and `clientKeyFile` hold. */
  registryClientCertificate?: ClientCertificate;
  /** The public keys that `registry.encryption` names; undefined: checkpoints are not encrypted. */
  recipients?: RecipientKeys;
  /** The private key (PEM) of `registry.encryption.platformPrivateKeyFile`, with which forensic reports are read. */
  platformPrivateKey?: string;
  /** The public keys of `registry.signedBy`, by cluster; undefined: signatures are not asked for. */
  signers?: Map<string, string>;
};

/** @throws Error that names every wrong key and what it must be */
export function readCubemigConfig(config: RootConfigService): CubemigConfig {
  const parsed = cubemigConfigSchema.safeParse(
    config.getOptional('cubemig') ?? {},
  );
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(
      issue => `  ${['cubemig', ...issue.path].join('.')}: ${issue.message}`,
    );
    throw new Error(
      `CubeMig cannot start with this app-config; set these keys right (plugins/cubemig-backend/config.d.ts explains them):\n${wrong.join(
        '\n',
      )}`,
    );
  }
  const { registry } = parsed.data;
  const { caFile, encryption, signedBy } = registry;
  return {
    ...parsed.data,
    registryCa: caFile && readPem(caFile, 'caFile'),
    registryClientCertificate: readClientCertificate(registry),
    recipients: encryption && readRecipientKeys(encryption),
    platformPrivateKey: encryption && readPlatformPrivateKey(encryption),
    signers: signedBy && readSigners(signedBy),
  };
}

function readClientCertificate({
  clientCertificateFile,
  clientKeyFile,
}: CubemigConfig['registry']): ClientCertificate | undefined {
  if (!clientCertificateFile || !clientKeyFile) return undefined;
  const pair = {
    certificate: readPem(clientCertificateFile, 'clientCertificateFile'),
    key: readPem(clientKeyFile, 'clientKeyFile'),
  };
  const matches = new X509Certificate(pair.certificate).checkPrivateKey(
    createPrivateKey(pair.key),
  );
  if (!matches) {
    throw new Error(
      'The key of cubemig.registry.clientKeyFile is not that of the certificate of clientCertificateFile',
    );
  }
  return pair;
}

function readPem(file: string, setting: string) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `CubeMig cannot read the file of cubemig.registry.${setting} (${
        (error as Error).message
      }); name a PEM file, or leave the key out`,
    );
  }
}

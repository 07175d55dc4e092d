import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

const secret = z
  .string()
  .min(
    16,
    'must have at least 16 characters; make one with: openssl rand -hex 24',
  )
  .max(512);

const senderSchema = z
  .strictObject({
    cluster: z.string().min(1).max(253),
    token: secret.optional(),
    username: z.string().min(1).max(128).optional(),
    password: secret.optional(),
    certificateFingerprint: z
      .string()
      .transform(text => text.replace(/:/g, '').toLowerCase())
      .pipe(
        z
          .string()
          .regex(
            /^[0-9a-f]{64}$/,
            'must be a SHA-256 fingerprint, 64 hex digits',
          ),
      )
      .optional(),
  })
  .refine(({ username, password }) => !username === !password, {
    path: ['password'],
    message: 'must be set together with username',
  })
  .refine(
    sender => sender.token || sender.username || sender.certificateFingerprint,
    'needs token, username and password, or certificateFingerprint',
  );

/** An address or a network, for example `10.0.0.0/8`. */
const network = z.string().refine(text => {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address);
  const isWhole = bits === undefined || /^\d{1,3}$/.test(bits);
  const most = family === 4 ? 32 : 128;
  return family > 0 && isWhole && Number(bits ?? 0) <= most && !rest.length;
}, 'must be an address or a network such as 10.0.0.0/8');

/** `cubemig.alerts` of app-config. */
export const alertsConfigSchema = z
  .strictObject({
    senders: z.array(senderSchema).default([]),
    clientCertificates: z
      .strictObject({
        header: z.string().min(1),
        proxies: z.array(network).min(1),
      })
      .optional(),
    maxPerSecond: z.number().int().min(1).max(100_000).default(5000),
    foldSeconds: z.number().int().min(10).max(86_400).default(600),
    retention: z
      .strictObject({
        days: z.number().min(0.01).max(3650).default(30),
        alerts: z.number().int().min(1).default(200_000),
        occurrences: z.number().int().min(1).default(500_000),
        megabytes: z.number().int().min(1).default(2_000),
      })
      .prefault({}),
  })
  .prefault({});
export type AlertsConfig = z.infer<typeof alertsConfigSchema>;

/** A list that knows whether an address is one of a trusted proxy. */
export function toBlockList(networks: string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const [address, bits] = text.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

import { z } from 'zod';

/** A Kubernetes object name: an RFC 1123 subdomain, 253 characters at most. */
export const objectName = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    'must be a Kubernetes name: lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  );

/** A namespace: an RFC 1123 label, 63 characters at most. */
export const namespaceName = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be a Kubernetes namespace: lower case letters, digits and "-", starting and ending with a letter or digit',
  );

/** The name a cluster has in Backstage's Kubernetes config. */
export const clusterName = z.string().min(1).max(253);

/** An RFC 3339 time in UTC. */
export const timestamp = z.string().min(1);

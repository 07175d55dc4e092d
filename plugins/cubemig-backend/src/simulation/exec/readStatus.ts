import { z } from 'zod';

/** What the API server says at the end of a command: a Kubernetes Status. */
const statusSchema = z.object({
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z
    .object({
      causes: z
        .array(
          z.object({
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

/** How a command ended: with an exit code, or not at all. */
export function readStatus(
  text: string,
): { exitCode: number } | { problem: string } {
  let status: z.infer<typeof statusSchema>;
  try {
    status = statusSchema.parse(JSON.parse(text));
  } catch {
    return { problem: 'the cluster said something that was not understood' };
  }
  if (status.status === 'Success') return { exitCode: 0 };
  const cause = status.details?.causes?.find(c => c.reason === 'ExitCode');
  return status.reason === 'NonZeroExitCode' && cause
    ? { exitCode: Number(cause.message) }
    : { problem: status.message ?? 'it failed' };
}

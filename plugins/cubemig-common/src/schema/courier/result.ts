import { z } from 'zod';
import { phaseNames } from '../migrations';
import { imageDigest, labelName } from './names';

const bytes = z.number().nonnegative();

/** What the courier leaves as its termination message: results, or why it failed. */
export const courierResultSchema = z.object({
  version: z.literal(1),
  migration: z.string().max(64),
  /** Of the task `checkpoint`; empty for others. */
  checkpoints: z
    .array(
      z.object({
        container: z.string().max(63),
        /** The manifest's digest, `sha256:...`. */
        digest: imageDigest,
        archiveBytes: bytes,
        layerBytes: bytes,
        /** From the archive's stats-dump: how long CRIU held the container still, in microseconds. */
        frozenMicros: bytes.optional(),
        /** What else the stats-dump tells: times in microseconds, and pages of memory. */
        dump: z
          .object({
            freezingMicros: z.number().nonnegative(),
            memoryDumpMicros: z.number().nonnegative(),
            memoryWriteMicros: z.number().nonnegative(),
            pagesScanned: z.number().nonnegative(),
            pagesWritten: z.number().nonnegative(),
          })
          .optional(),
        /** The image was in the registry already: an earlier run of the same migration had taken this checkpoint. */
        reused: z.literal(true).optional(),
        /** Of the artifact under `reportTag`; `bytes` of its layer. */
        report: z.object({ digest: imageDigest, bytes }).optional(),
        /** Why there is no report although one was asked for: the checkpoint is good without. */
        reportProblem: z.string().max(300).optional(),
      }),
    )
    .max(32),
  /** Of the tasks `checkpoint` (`bytes` of the layer under `volumeTag`) and `restore-volumes` (`bytes` of the files). */
  volumes: z
    .array(z.object({ name: labelName, digest: imageDigest, bytes }))
    .max(32)
    .optional(),
  /** Of the tasks whose findings are lines in the log: `search-memory`, `diff-files`, `show-variable` and `sweep`. */
  records: z
    .object({
      /** Lines in the log. */
      count: z.number().int().nonnegative(),
      /** There was more to tell than was asked for or fits. */
      isCut: z.boolean(),
    })
    .optional(),
  failure: z
    .object({
      container: z.string().max(63).optional(),
      phase: z.enum(phaseNames).optional(),
      message: z.string().max(1500),
    })
    .optional(),
});
export type CourierResult = z.infer<typeof courierResultSchema>;

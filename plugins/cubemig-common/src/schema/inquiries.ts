import { z } from 'zod';
import { problemSchema } from './clusters';
import { courierRecordSchema, memoryPatternSchema } from './courier';
import { timestamp } from './kubernetes';

/** What is asked of a stored checkpoint. A courier's Job near the data finds the answer; memory never comes to the backend. */
export const inquiryRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('memory-search'),
    pattern: memoryPatternSchema,
    /** Only in this process's memory. */
    pid: z.number().int().positive().optional(),
    /** Bytes to show on either side of a match. */
    context: z.number().int().min(0).max(256).default(32),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  z.strictObject({
    kind: z.literal('file-diff'),
    /** Only files below this absolute path. */
    path: z.string().max(1024).startsWith('/').optional(),
    /** The checkpoint to compare with; without one, files are shown as they are. */
    with: z
      .strictObject({
        migration: z.string().max(64),
        container: z.string().max(63),
      })
      .optional(),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
]);
export type InquiryRequest = z.input<typeof inquiryRequestSchema>;
/** An inquiry with its defaults. */
export type Inquiry = z.output<typeof inquiryRequestSchema>;

/** Asks for the value of a variable that reports mask. Needs a permission of its own and is audited. */
export const revealRequestSchema = z.strictObject({
  pid: z.number().int().positive(),
  name: z
    .string()
    .max(128)
    .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'must be the name of a variable'),
  /** Why it has to be seen, for the audit log. */
  reason: z.string().min(1).max(1000),
});
export type RevealRequest = z.infer<typeof revealRequestSchema>;

const [matchRecordSchema, fileRecordSchema] = courierRecordSchema.options;
const ofLine = {
  version: true,
  sequence: true,
  time: true,
  type: true,
} as const;

export const memoryMatchSchema = matchRecordSchema.omit(ofLine);
export type MemoryMatch = z.infer<typeof memoryMatchSchema>;

export const changedFileSchema = fileRecordSchema.omit(ofLine);
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** `isCut`: there was more than was asked for, or than may travel. */
export const inquiryResultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('memory-search'),
    matches: z.array(memoryMatchSchema),
    isCut: z.boolean(),
  }),
  z.object({
    kind: z.literal('file-diff'),
    files: z.array(changedFileSchema),
    isCut: z.boolean(),
  }),
  z.object({
    kind: z.literal('variable'),
    pid: z.number(),
    name: z.string(),
    value: z.string(),
  }),
]);
export type InquiryResult = z.infer<typeof inquiryResultSchema>;

/** An inquiry on its way. Its result can be read for an hour, by who asked; a revealed variable once, since it is kept nowhere. */
export const inquiryStateSchema = z.object({
  id: z.string(),
  migration: z.string(),
  container: z.string(),
  kind: z.enum(['memory-search', 'file-diff', 'variable']),
  status: z.enum(['running', 'succeeded', 'failed']),
  createdBy: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.optional(),
  problem: problemSchema.optional(),
  result: inquiryResultSchema.optional(),
});
export type InquiryState = z.infer<typeof inquiryStateSchema>;

import { z } from 'zod';
import { timestamp } from '../kubernetes';
import { phaseNames } from '../migrations';

const lineBase = {
  version: z.literal(1),
  /** Rises by one from line to line, from 1: reading a log again from its start does no harm. */
  sequence: z.number().int().positive(),
  time: timestamp,
};

const eventBase = {
  ...lineBase,
  container: z.string().max(63),
  phase: z.enum(phaseNames),
};

/** One line of the courier's log while it takes checkpoints. */
export const courierEventSchema = z.discriminatedUnion('type', [
  z.object({ ...eventBase, type: z.literal('started') }),
  z.object({
    ...eventBase,
    type: z.literal('progress'),
    bytes: z.number().nonnegative(),
  }),
  z.object({
    ...eventBase,
    type: z.literal('finished'),
    bytes: z.number().nonnegative(),
    /** Nothing was done for it: an earlier run of the same migration had done it. */
    reused: z.literal(true).optional(),
  }),
  z.object({
    ...eventBase,
    type: z.literal('failed'),
    message: z.string().max(2000),
  }),
]);
export type CourierEvent = z.infer<typeof courierEventSchema>;

/** A line is at most this long, in bytes: the container runtimes break longer ones up. */
export const COURIER_LINE_MAX_BYTES = 16 * 1024;
/** All records of a courier together are at most this long, in bytes. What goes beyond is left out, and the result says so. */
export const COURIER_RECORDS_MAX_BYTES = 1024 * 1024;

/** One line of the log of a courier that looks into checkpoints or sweeps: a piece of what it found or did. */
export const courierRecordSchema = z.discriminatedUnion('type', [
  z.object({
    ...lineBase,
    type: z.literal('match'),
    pid: z.number().int(),
    command: z.string().max(256),
    /** Of the match's first byte, in hexadecimal with `0x`. */
    address: z.string().regex(/^0x[0-9a-f]{1,16}$/),
    /** Of the match, in bytes. */
    length: z.number().int().positive(),
    /** The match and what stands around it: bytes that are no printable ASCII are `?`. A longer match is cut at 1024. */
    before: z.string().max(256),
    found: z.string().max(1024),
    after: z.string().max(256),
    /** `before`, `found` and `after` once more, every byte as two hexadecimal digits. */
    hex: z.string().max(2 * 1536),
  }),
  z.object({
    ...lineBase,
    type: z.literal('file'),
    path: z.string().max(4096),
    /**
     * Since `before`, or since the image where there is none. `written`: added or changed, which of the two an archive does not tell.
     * `restored`: changed in `before` and no longer.
     */
    change: z.enum(['added', 'changed', 'written', 'deleted', 'restored']),
    kind: z.enum(['text', 'binary', 'link', 'other']),
    /** Bytes of the file, as it is and as it was. */
    size: z.number().int().nonnegative().optional(),
    sizeBefore: z.number().int().nonnegative().optional(),
    /** Octal, for example `0755`. */
    mode: z.string().max(6).optional(),
    /** Of a text: unified diff, without the lines that name the files. */
    diff: z.string().max(COURIER_LINE_MAX_BYTES).optional(),
    /** The diff is longer than a line may be and was cut, or was not made for the file's size. */
    isCut: z.literal(true).optional(),
  }),
  z.object({
    ...lineBase,
    type: z.literal('swept'),
    /** The archive's name in the kubelet's folder. */
    name: z.string().max(1024),
    bytes: z.number().nonnegative(),
    /** Whose archive it was. */
    migration: z.string().max(64),
    container: z.string().max(63),
  }),
  z.object({
    ...lineBase,
    type: z.literal('variable'),
    pid: z.number().int(),
    name: z.string().max(128),
    /** Cut at 8192 characters. */
    value: z.string().max(8192),
  }),
]);
export type CourierRecord = z.infer<typeof courierRecordSchema>;

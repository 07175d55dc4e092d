import {
  COURIER_RECORDS_MAX_BYTES,
  CourierRecord,
  courierRecordSchema,
  InquiryResult,
  InquiryState,
} from '@cubemig/plugin-cubemig-common';

/** Reads a courier's records from its log. Who wrote it may be hostile: lines that are no records are left out, and the rest is bounded. */
export async function readRecords(
  lines: AsyncIterable<string>,
): Promise<CourierRecord[]> {
  const records: CourierRecord[] = [];
  let bytes = 0;
  for await (const line of lines) {
    bytes += Buffer.byteLength(line);
    if (bytes > 2 * COURIER_RECORDS_MAX_BYTES) break;
    const record = parseRecord(line);
    if (record) records.push(record);
  }
  return records;
}

/** What an inquiry found; undefined if it found nothing where it must have. */
export function toResult(
  kind: InquiryState['kind'],
  records: readonly CourierRecord[],
  isCut: boolean,
): InquiryResult | undefined {
  if (kind === 'memory-search') {
    const matches = records.flatMap(record =>
      record.type === 'match' ? [withoutLine(record)] : [],
    );
    return { kind, matches, isCut };
  }
  if (kind === 'file-diff') {
    const files = records.flatMap(record =>
      record.type === 'file' ? [withoutLine(record)] : [],
    );
    return { kind, files, isCut };
  }
  const found = records.find(({ type }) => type === 'variable');
  if (found?.type !== 'variable') return undefined;
  const { pid, name, value } = found;
  return { kind, pid, name, value };
}

function withoutLine<T extends CourierRecord>(record: T) {
  const { version, sequence, time, type, ...rest } = record;
  return rest;
}

function parseRecord(line: string): CourierRecord | undefined {
  try {
    return courierRecordSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

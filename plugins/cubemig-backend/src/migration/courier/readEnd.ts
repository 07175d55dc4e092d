import {
  CourierResult,
  courierResultSchema,
} from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';

/** How a courier's container ended; undefined while it has not. */
export function terminated(pod: KubePod) {
  return pod.status?.containerStatuses?.[0]?.state?.terminated;
}

/** What a courier has left as its last words; undefined if that is no result. */
export function parseResult(
  message: string | undefined,
): CourierResult | undefined {
  try {
    return courierResultSchema.parse(JSON.parse(message ?? ''));
  } catch {
    return undefined;
  }
}

import type { Conversion } from './convert';

/** events.k8s.io/v1: the same events under other names (pkg/apis/events/v1/conversion.go). */
export const events: Conversion = {
  toServed(stored) {
    const {
      involvedObject: regarding,
      message: note,
      source: deprecatedSource,
      firstTimestamp: deprecatedFirstTimestamp,
      lastTimestamp: deprecatedLastTimestamp,
      count: deprecatedCount,
      reportingComponent: reportingController,
      eventTime = null,
      ...rest
    } = stored;
    return {
      ...rest,
      eventTime,
      regarding,
      note,
      reportingController,
      deprecatedSource,
      deprecatedFirstTimestamp,
      deprecatedLastTimestamp,
      deprecatedCount,
    };
  },
  toStored(served) {
    const {
      regarding: involvedObject,
      note: message,
      deprecatedSource: source,
      deprecatedFirstTimestamp: firstTimestamp,
      deprecatedLastTimestamp: lastTimestamp,
      deprecatedCount: count,
      reportingController: reportingComponent,
      ...rest
    } = served;
    return {
      ...rest,
      involvedObject,
      message,
      source,
      firstTimestamp,
      lastTimestamp,
      count,
      reportingComponent,
    };
  },
};

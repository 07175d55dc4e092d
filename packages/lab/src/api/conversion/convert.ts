import type { KubeObject } from '../ClusterStore';
import { apiVersionOf, type ResourceType } from '../resources';
import { autoscalers } from './autoscalers';
import { events } from './events';

/** How the objects of a kind differ between two versions, but for their apiVersion. */
export interface Conversion {
  toServed(stored: KubeObject): KubeObject;
  toStored(served: KubeObject): KubeObject;
}

const CONVERSIONS: Record<string, Conversion> = {
  'autoscaling/v1': autoscalers,
  'events.k8s.io/v1': events,
};

/** An object as a client of that version sees it. */
export function toServed(type: ResourceType, stored: KubeObject): KubeObject {
  const apiVersion = apiVersionOf(type);
  if (!type.storedAs) {
    return stored;
  }
  const served = CONVERSIONS[apiVersion]?.toServed(stored) ?? stored;
  return { ...served, apiVersion };
}

/** The inverse of {@link toServed}. */
export function toStored(type: ResourceType, served: KubeObject): KubeObject {
  if (!type.storedAs) {
    return served;
  }
  const stored = CONVERSIONS[apiVersionOf(type)]?.toStored(served) ?? served;
  return { ...stored, apiVersion: type.storedAs };
}

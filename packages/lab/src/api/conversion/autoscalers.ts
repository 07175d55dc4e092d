import type { KubeObject } from '../ClusterStore';
import type { Conversion } from './convert';

const isProcessor = ({ type, resource }: any) =>
  type === 'Resource' &&
  resource?.name === 'cpu' &&
  resource.target?.type === 'Utilization';

/** autoscaling/v1, where a processor's utilisation is all there is. Other metrics of v2 are in an annotation there; the lab leaves them out. */
export const autoscalers: Conversion = {
  toServed(stored) {
    const { metrics = [], behavior: _, ...spec } = stored.spec ?? {};
    const target = metrics.find(isProcessor)?.resource.target;
    const {
      currentMetrics: __,
      conditions: ___,
      ...status
    } = stored.status ?? {};
    return {
      ...stored,
      spec: {
        ...spec,
        ...(target
          ? { targetCPUUtilizationPercentage: target.averageUtilization }
          : {}),
      },
      status,
    };
  },
  toStored(served) {
    const { targetCPUUtilizationPercentage: percentage, ...spec } =
      served.spec ?? {};
    return { ...served, spec: { ...spec, ...metricsOf(percentage) } };
  },
};

function metricsOf(averageUtilization?: number): Partial<KubeObject> {
  return averageUtilization === undefined
    ? {}
    : {
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization },
            },
          },
        ],
      };
}

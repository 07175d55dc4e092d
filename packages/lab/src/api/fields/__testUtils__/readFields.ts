import type { ResourceType } from '../../resources';
import type { Fields } from '../checkFields';

/** Where two groups have a kind of the same name, the models' names begin with the group. */
const GROUPS: Record<string, string> = {
  '': 'Core',
  'events.k8s.io': 'Events',
};

/** Of type Quantity, which the models take for text: it may be a number, too. */
const QUANTITIES: Record<string, string[]> = {
  V1ContainerStatus: ['allocatedResources'],
  V1EmptyDirVolumeSource: ['sizeLimit'],
  V1LimitRangeItem: [
    'default',
    'defaultRequest',
    'max',
    'maxLimitRequestRatio',
    'min',
  ],
  V1NodeStatus: ['allocatable', 'capacity'],
  V1Overhead: ['podFixed'],
  V1PersistentVolumeClaimStatus: ['allocatedResources', 'capacity'],
  V1PersistentVolumeSpec: ['capacity'],
  V1PodSpec: ['overhead'],
  V1ResourceFieldSelector: ['divisor'],
  V1ResourceQuotaSpec: ['hard'],
  V1ResourceQuotaStatus: ['hard', 'used'],
  V1ResourceRequirements: ['limits', 'requests'],
  V1VolumeResourceRequirements: ['limits', 'requests'],
  V2MetricTarget: ['averageValue', 'value'],
  V2MetricValueStatus: ['averageValue', 'value'],
};

/**
 * Which fields objects of these kinds have, and of what types (`int32`, `V1Container[]`, `Map<string>` ...), as the generated models of
 * @kubernetes/client-node say.
 */
export async function readFields(types: ResourceType[]): Promise<Fields> {
  const clientModels: any = await import('@kubernetes/client-node');
  const models: Fields['models'] = {};
  const kinds: Fields['kinds'] = {};
  const add = (name: string) => {
    const map = clientModels[name]?.getAttributeTypeMap?.();
    if (!map || models[name]) return;
    models[name] = Object.fromEntries(
      map.map(({ baseName, type, format }: Record<string, string>) => {
        const fieldType = typeOf(type, format);
        return [
          baseName,
          QUANTITIES[name]?.includes(baseName)
            ? fieldType.replace('string', 'Quantity')
            : fieldType,
        ];
      }),
    );
    Object.values(models[name])
      .map(type => type.replace(/\[\]$|^Map<|>$/g, ''))
      .forEach(add);
  };
  for (const { group, version, kind } of types) {
    const plain = `${version[0].toUpperCase()}${version.slice(1)}${kind}`;
    const name = clientModels[plain] ? plain : `${GROUPS[group]}${plain}`;
    if (!clientModels[name]) continue;
    kinds[`${group ? `${group}/` : ''}${version} ${kind}`] = name;
    add(name);
  }
  return { kinds, models };
}

function typeOf(type: string, format: string): string {
  if (type === 'number') return format || 'number';
  if (type === 'Date') return 'string';
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map) return `Map<${typeOf(map, '')}>`;
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  return element ? `${typeOf(element, format)}[]` : type;
}

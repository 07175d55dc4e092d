import type { KubeObject } from '../ClusterStore';
import { toServed } from '../conversion';
import { apiVersionOf, type ResourceType } from '../resources';
import { toPartialMetadata } from './partialMetadata';
import { buildTable, type IncludedObject } from './tables';

const META = 'meta.k8s.io/v1';

/** How the client wants objects: as they are, as rows of a table (kubectl), or only their metadata. */
export interface Representation {
  represent(type: ResourceType, object: KubeObject): unknown;
  representList(
    type: ResourceType,
    objects: KubeObject[],
    metadata: object,
  ): unknown;
}

const AS_IT_IS: Representation = {
  represent: toServed,
  representList: (type, objects, metadata) => ({
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata,
    // In a list the items do not repeat their kind, but for those of custom resources.
    items: objects
      .map(object => toServed(type, object))
      .map(({ kind, apiVersion, ...item }) =>
        type.isCustom ? { apiVersion, kind, ...item } : item,
      ),
  }),
};

const AS_METADATA: Representation = {
  represent: (_type, object) => toPartialMetadata(object),
  representList: (_type, objects, metadata) => ({
    kind: 'PartialObjectMetadataList',
    apiVersion: META,
    metadata,
    items: objects.map(toPartialMetadata),
  }),
};

/** Chooses by the `Accept` header, as `application/json;as=Table;v=v1;g=meta.k8s.io`. */
export function chooseRepresentation(
  accept: string | undefined,
  query: URLSearchParams,
): Representation {
  for (const option of (accept ?? '').split(',')) {
    const as = /;\s*as=(\w+)/.exec(option)?.[1];
    if (as === 'Table') {
      return asTable(
        (query.get('includeObject') as IncludedObject) ?? 'Metadata',
      );
    }
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') {
      return AS_METADATA;
    }
    if (!as) {
      return AS_IT_IS;
    }
  }
  return AS_IT_IS;
}

function asTable(include: IncludedObject): Representation {
  // A watch names the columns once.
  let isFirst = true;
  return {
    represent(type, object) {
      const { resourceVersion } = object.metadata;
      const table = buildTable(type, [object], { resourceVersion }, include);
      const answer = isFirst ? table : { ...table, columnDefinitions: [] };
      isFirst = false;
      return answer;
    },
    representList: (type, objects, metadata) =>
      buildTable(type, objects, metadata, include),
  };
}

/** A kind as the API server serves it. All kinds share one storage and one set of handlers: this is what differs. */
export interface ResourceType {
  /** API group, empty for core. */
  group: string;
  version: string;
  kind: string;
  /** Plural, lower case, as in paths. */
  plural: string;
  singular: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  subresources: Subresource[];
  /** Whether `metadata.generation` counts the changes of `spec`. */
  countsGenerations: boolean;
  /** The apiVersion that it is stored in, where that is another: see api/conversion. */
  storedAs?: string;
  /** Of a custom resource definition: no strategic merge patch. */
  isCustom?: boolean;
  /** Field selectors beyond `metadata.name` and `metadata.namespace`. */
  selectableFields: string[];
}

export type Subresource =
  | 'status'
  | 'scale'
  | 'log'
  | 'exec'
  | 'binding'
  | 'eviction'
  | 'token'
  | 'proxy'
  | 'finalize';

export function apiVersionOf({ group, version }: ResourceType): string {
  return group ? `${group}/${version}` : version;
}

/** The name errors use, for example `deployments.apps`. */
export function qualifiedName({ group, plural }: ResourceType): string {
  return group ? `${plural}.${group}` : plural;
}

/** The kind as errors use it, for example `Deployment.apps`. */
export function qualifiedKind({ group, kind }: ResourceType): string {
  return group ? `${kind}.${group}` : kind;
}

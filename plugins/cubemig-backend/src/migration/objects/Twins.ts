import { KubeContainer, KubeVolume } from '../../clusters';

type ProjectedSource = NonNullable<
  NonNullable<KubeVolume['projected']>['sources']
>[number];

interface Twin {
  of: string;
  name: string;
  keys: Set<string>;
}

/**
 * Empty twins of one pod's Secrets and ConfigMaps, with the keys that the pod asks for and nothing under them. All of them are ConfigMaps:
 * there is nothing to hide in them, and whoever makes them needs no right on Secrets.
 */
export class Twins {
  readonly all: Twin[] = [];

  constructor(private readonly prefix: string) {}

  empty(volume: KubeVolume): KubeVolume {
    const { name, configMap, secret, projected, downwardAPI, emptyDir } =
      volume;
    if (configMap) {
      const twin = this.twin('ConfigMap', configMap.name, configMap.items);
      return { name, configMap: { ...configMap, name: twin } };
    }
    if (secret) {
      const { secretName, ...rest } = secret;
      const twin = this.twin('Secret', secretName, secret.items);
      return { name, configMap: { ...rest, name: twin } };
    }
    if (downwardAPI || emptyDir) return volume;
    if (!projected) return { name, emptyDir: {} };
    const sources = projected.sources?.flatMap(source =>
      this.emptySource(source),
    );
    return { name, projected: { ...projected, sources } };
  }

  deprive(container: KubeContainer): KubeContainer {
    const { envFrom, env } = container;
    return {
      ...container,
      envFrom: envFrom?.map(({ configMapRef, secretRef, ...rest }) => {
        const kind = configMapRef ? 'ConfigMap' : 'Secret';
        const name = this.twin(kind, (configMapRef ?? secretRef)?.name);
        return { ...rest, configMapRef: { name } };
      }),
      env: env?.map(variable => {
        const { configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
        const reference = configMapKeyRef ?? secretKeyRef;
        if (!reference) return variable;
        const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
        const name = this.twin(kind, reference.name, [reference]);
        return {
          name: variable.name,
          valueFrom: { configMapKeyRef: { ...reference, name } },
        };
      }),
    };
  }

  private emptySource({
    configMap,
    secret,
    downwardAPI,
  }: ProjectedSource): ProjectedSource[] {
    const data = configMap ?? secret;
    if (!data) return downwardAPI ? [{ downwardAPI }] : [];
    const kind = configMap ? 'ConfigMap' : 'Secret';
    const name = this.twin(kind, data.name, data.items);
    return [{ configMap: { ...data, name } }];
  }

  private twin(
    kind: 'ConfigMap' | 'Secret',
    original = '',
    items: { key: string }[] = [],
  ): string {
    const of = `${kind}/${original}`;
    const known = this.all.find(twin => twin.of === of);
    const twin = known ?? {
      of,
      name: `${this.prefix}-${this.all.length + 1}`,
      keys: new Set<string>(),
    };
    if (!known) this.all.push(twin);
    items.forEach(({ key }) => twin.keys.add(key));
    return twin.name;
  }
}

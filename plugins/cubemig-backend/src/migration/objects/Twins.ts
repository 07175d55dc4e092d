import { KubePod, KubeVolume } from '../../clusters';

type Container = NonNullable<KubePod['spec']>['containers'][number];

type TwinKind = 'ConfigMap' | 'Secret';

/** The twins of one pod's Secrets and ConfigMaps, with the keys that the pod asks for and nothing under them. */
export class Twins {
  readonly all: {
    kind: TwinKind;
    of: string;
    name: string;
    keys: Set<string>;
  }[] = [];

  constructor(private readonly prefix: string) {}

  empty(volume: KubeVolume): KubeVolume {
    const { name, configMap, secret, projected, downwardAPI, emptyDir } =
      volume;
    if (configMap) {
      const twin = this.twin('ConfigMap', configMap.name, configMap.items);
      return { name, configMap: { ...configMap, name: twin } };
    }
    if (secret) {
      const twin = this.twin('Secret', secret.secretName, secret.items);
      return { name, secret: { ...secret, secretName: twin } };
    }
    if (downwardAPI || emptyDir) return volume;
    if (projected) {
      return {
        name,
        projected: {
          ...projected,
          sources: projected.sources?.flatMap(source =>
            this.emptySource(source),
          ),
        },
      };
    }
    return { name, emptyDir: {} };
  }

  deprive(container: Container): Container {
    return {
      ...container,
      envFrom: container.envFrom?.map(
        ({ configMapRef, secretRef, ...rest }) => ({
          ...rest,
          ...(configMapRef
            ? {
                configMapRef: {
                  name: this.twin('ConfigMap', configMapRef.name),
                },
              }
            : {}),
          ...(secretRef
            ? { secretRef: { name: this.twin('Secret', secretRef.name) } }
            : {}),
        }),
      ),
      env: container.env?.map(variable => {
        const { configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
        const reference = configMapKeyRef ?? secretKeyRef;
        if (!reference) return variable;
        const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
        const name = this.twin(kind, reference.name, [reference]);
        return {
          name: variable.name,
          valueFrom: {
            [configMapKeyRef ? 'configMapKeyRef' : 'secretKeyRef']: {
              ...reference,
              name,
            },
          },
        };
      }),
    };
  }

  private emptySource(
    source: NonNullable<
      NonNullable<KubeVolume['projected']>['sources']
    >[number],
  ) {
    const { configMap, secret, downwardAPI } = source;
    if (configMap) {
      const name = this.twin('ConfigMap', configMap.name, configMap.items);
      return [{ configMap: { ...configMap, name } }];
    }
    if (secret) {
      const name = this.twin('Secret', secret.name, secret.items);
      return [{ secret: { ...secret, name } }];
    }
    return downwardAPI ? [source] : [];
  }

  private twin(kind: TwinKind, of = '', items: { key: string }[] = []): string {
    const known = this.all.find(twin => twin.kind === kind && twin.of === of);
    const twin = known ?? {
      kind,
      of,
      name: `${this.prefix}-${this.all.length + 1}`,
      keys: new Set<string>(),
    };
    if (!known) this.all.push(twin);
    items.forEach(({ key }) => twin.keys.add(key));
    return twin.name;
  }
}

import { RESOURCE_TYPES } from '../resources';
import { PATCH_TYPES } from '../patch';

interface GroupVersion {
  group: string;
  version: string;
}

const nameOf = ({ group, version }: GroupVersion) =>
  group ? `apis/${group}/${version}` : `api/${version}`;

/** The index of the OpenAPI documents, one a group and version. */
export function listOpenApi(groupVersions: GroupVersion[]) {
  return {
    paths: Object.fromEntries(
      groupVersions.map(groupVersion => [
        nameOf(groupVersion),
        { serverRelativeURL: `/openapi/v3/${nameOf(groupVersion)}` },
      ]),
    ),
  };
}

/**
 * A group's OpenAPI v3 document, no more than what clients decide by: that a kind can be patched and that `fieldValidation` and
 * `dryRun` are known, so that kubectl leaves validation to the server.
 */
export function buildOpenApi(served: GroupVersion) {
  const types = RESOURCE_TYPES.filter(
    ({ group, version }) =>
      group === served.group && version === served.version,
  );
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(
    name => ({ name, in: 'query', schema: { type: 'string' } }),
  );
  const content = Object.fromEntries(
    [PATCH_TYPES.json, PATCH_TYPES.merge].map(mediaType => [
      mediaType,
      { schema: { type: 'object' } },
    ]),
  );
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.fromEntries(
      types.map(({ group, version, kind, plural, namespaced }) => [
        `/${nameOf(served)}/${
          namespaced ? 'namespaces/{namespace}/' : ''
        }${plural}/{name}`,
        {
          patch: {
            operationId: `patch${kind}`,
            parameters,
            requestBody: { content },
            responses: { 200: { description: 'OK' } },
            'x-kubernetes-action': 'patch',
            'x-kubernetes-group-version-kind': { group, version, kind },
          },
        },
      ]),
    ),
    components: { schemas: {} },
  };
}

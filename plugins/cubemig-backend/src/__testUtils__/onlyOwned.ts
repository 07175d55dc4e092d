import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/** What a policy answers that lets people do something with what they own. */
export const onlyOwned: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims: [] },
  },
};

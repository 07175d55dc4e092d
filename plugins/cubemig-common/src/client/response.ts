import {
  Decision,
  DecisionPage,
  decisionPageSchema,
  DecisionQuery,
  decisionSchema,
  ResponseSwitch,
  responseSwitchSchema,
} from '../schema/decisions';
import {
  FalcoRule,
  falcoRuleSchema,
  OriginalConfig,
  originalConfigSchema,
  ResponseRule,
  responseRuleSchema,
  RuleImport,
  RuleInput,
  RuleRehearsal,
  ruleRehearsalSchema,
  RuleRevision,
  ruleRevisionSchema,
  RuleTest,
  RuleTestResult,
  ruleTestResultSchema,
  RuleUpdate,
} from '../schema/responseRules';
import {
  ApiConnection,
  ask,
  askList,
  toQuery,
  withJson,
} from './ApiConnection';

/** What is done about alerts by itself: rules, decisions, and the switch over all of it. */
export interface ResponseApi {
  /** In the order in which they are asked. */
  listRules(): Promise<ResponseRule[]>;
  getRule(id: string): Promise<ResponseRule>;
  /** Adds a rule at the end. */
  addRule(rule: RuleInput): Promise<ResponseRule>;
  /** @throws ResponseError 409 if `revision` is not the rule's newest */
  updateRule(id: string, update: RuleUpdate): Promise<ResponseRule>;
  deleteRule(id: string): Promise<void>;
  /** Newest first. */
  listRuleRevisions(id: string): Promise<RuleRevision[]>;
  /** Gives all rules' ids, first to last. */
  orderRules(ids: string[]): Promise<ResponseRule[]>;
  testRules(test: RuleTest): Promise<RuleTestResult>;
  /** What a rule would have matched of the last 7 days' alerts. */
  rehearseRule(rule: RuleInput): Promise<RuleRehearsal>;
  /** Adds rules in the original CubeMig's shape, at the end. */
  importRules(rules: RuleImport): Promise<ResponseRule[]>;
  /** The rules that the original's shape can express, in that shape. */
  exportRules(): Promise<OriginalConfig>;
  /** Rules of Falco's stable rule set that matter for containers. */
  listFalcoRules(): Promise<FalcoRule[]>;

  /** Newest first. */
  listDecisions(query?: DecisionQuery): Promise<DecisionPage>;
  getDecision(id: string): Promise<Decision>;
  /** @throws ResponseError 409 if it does not wait for approval (any more) */
  approveDecision(id: string, comment?: string): Promise<Decision>;
  /** @throws ResponseError 409 if it does not wait for approval (any more) */
  rejectDecision(id: string, comment?: string): Promise<Decision>;

  getSwitch(): Promise<ResponseSwitch>;
  setSwitch(isOn: boolean, reason?: string): Promise<ResponseSwitch>;
}

const RULES = '/response/rules';

export function createResponseApi(connection: ApiConnection): ResponseApi {
  const settle = (id: string, verb: 'approve' | 'reject', comment?: string) =>
    ask(
      connection,
      decisionSchema,
      `${pathOf('/decisions', id)}/${verb}`,
      withJson('POST', { comment }),
    );
  return {
    listRules: () => askList(connection, responseRuleSchema, RULES),
    getRule: id => ask(connection, responseRuleSchema, pathOf(RULES, id)),
    addRule: rule =>
      ask(connection, responseRuleSchema, RULES, withJson('POST', rule)),
    updateRule: (id, update) =>
      ask(
        connection,
        responseRuleSchema,
        pathOf(RULES, id),
        withJson('PUT', update),
      ),
    deleteRule: async id => {
      await connection.send(pathOf(RULES, id), { method: 'DELETE' });
    },
    listRuleRevisions: id =>
      askList(connection, ruleRevisionSchema, `${pathOf(RULES, id)}/revisions`),
    orderRules: ids =>
      askList(
        connection,
        responseRuleSchema,
        `${RULES}/order`,
        withJson('PUT', { ids }),
      ),
    testRules: test =>
      ask(
        connection,
        ruleTestResultSchema,
        `${RULES}/test`,
        withJson('POST', test),
      ),
    rehearseRule: rule =>
      ask(
        connection,
        ruleRehearsalSchema,
        `${RULES}/rehearse`,
        withJson('POST', rule),
      ),
    importRules: imported =>
      askList(
        connection,
        responseRuleSchema,
        `${RULES}/import`,
        withJson('POST', imported),
      ),
    exportRules: () => ask(connection, originalConfigSchema, `${RULES}/export`),
    listFalcoRules: () =>
      askList(connection, falcoRuleSchema, '/response/falco-rules'),
    listDecisions: (query = {}) =>
      ask(connection, decisionPageSchema, `/decisions${toQuery(query)}`),
    getDecision: id =>
      ask(connection, decisionSchema, pathOf('/decisions', id)),
    approveDecision: (id, comment) => settle(id, 'approve', comment),
    rejectDecision: (id, comment) => settle(id, 'reject', comment),
    getSwitch: () => ask(connection, responseSwitchSchema, '/response/switch'),
    setSwitch: (isOn, reason) =>
      ask(
        connection,
        responseSwitchSchema,
        '/response/switch',
        withJson('PUT', { isOn, reason }),
      ),
  };
}

function pathOf(collection: string, id: string) {
  return `${collection}/${encodeURIComponent(id)}`;
}

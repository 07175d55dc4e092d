import {
  ResponseRule,
  RuleInput,
  RuleRevision,
} from '@cubemig/plugin-cubemig-common';

/** Where response rules are kept, with all that they ever were. */
export interface RuleStore {
  /** In the order in which they are asked. */
  list(): Promise<ResponseRule[]>;
  get(id: string): Promise<ResponseRule | undefined>;
  /** Adds rules at the end. */
  add(rules: RuleInput[], by: string): Promise<ResponseRule[]>;
  /** Adds rules of app-config that were never added before, by name. */
  seed(rules: RuleInput[]): Promise<void>;
  /** @throws ConflictError if `revision` is not the newest; NotFoundError */
  update(
    id: string,
    revision: number,
    rule: RuleInput,
    by: string,
  ): Promise<ResponseRule>;
  /** @throws NotFoundError */
  delete(id: string, by: string): Promise<void>;
  /** @throws InputError unless these are all rules, once each */
  order(ids: string[]): Promise<ResponseRule[]>;
  /** Newest first, of deleted rules too. */
  listRevisions(id: string): Promise<RuleRevision[]>;
}

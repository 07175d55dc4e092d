import type { EvaluateExpression } from '../admission/evaluateExpression';
import type { CertificateAuthority } from '../../tls/CertificateAuthority';
import type { Faults } from '../../faults/Faults';
import type { LabAccess } from '../access';
import type { UserInfo } from '../ClusterAccess';
import type { FieldOwners } from '../ownership/FieldOwners';
import type { ResourceType } from '../resources';
import type { ObjectStore } from '../store';
import type { RequestInfo } from './RequestInfo';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What an API server serves. */
export interface ServedCluster {
  name: string;
  store: ObjectStore;
  access: LabAccess;
  ca: CertificateAuthority;
  apiServer: { host: string; port: number };
  faults: Faults;
  fieldOwners: FieldOwners;
  /** Of ValidatingAdmissionPolicies; without it they are merely stored. */
  evaluateExpression?: EvaluateExpression;
}

/** One request on its way through the API server, after it was authorised. */
export interface ResourceRequest {
  cluster: ServedCluster;
  user: UserInfo;
  info: RequestInfo;
  type: ResourceType;
  query: URLSearchParams;
  message: IncomingMessage;
  response: ServerResponse;
}

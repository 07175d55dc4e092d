export { GroupCommit, OverloadedError } from './GroupCommit';
export { identify } from './identify';
export { type ParsedAlert, parseAlerts } from './parseAlerts';
export { Senders, TOKEN_HEADER } from './Senders';
export { TokenBucket } from './TokenBucket';

export { GroupCommit, OverloadedError } from './GroupCommit';
export { parseAlerts } from './parseAlerts';
export { Senders, TOKEN_HEADER } from './Senders';
export { TokenBucket } from './TokenBucket';

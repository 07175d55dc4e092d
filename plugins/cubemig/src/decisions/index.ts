export { Approval } from './Approval';
export { Approvals } from './Approvals';
export { DecisionLine } from './DecisionLine';
export { useApprovals } from './useApprovals';

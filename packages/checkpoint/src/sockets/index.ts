export { formatAddress, isPrivateAddress } from './addresses';
export { listConnections, listSockets } from './listSockets';

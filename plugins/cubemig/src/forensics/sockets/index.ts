export { Sockets } from './Sockets';

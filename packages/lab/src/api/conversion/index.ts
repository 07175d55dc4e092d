export { toServed, toStored } from './convert';

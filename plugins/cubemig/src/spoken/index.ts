export { Spoken } from './Spoken';

export { GuardedButton } from './GuardedButton';
export { useDenial } from './useDenial';

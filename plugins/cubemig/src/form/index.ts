export { SwitchField } from './SwitchField';

export { FormDialog } from './FormDialog';
export { ListField } from './ListField';
export { SwitchField } from './SwitchField';
export { WordField } from './WordField';

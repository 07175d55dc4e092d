export {
  normaliseAlert,
  normalisePriority,
  type FieldValue,
  type NormalisedAlert,
} from './normaliseAlert';
export { normaliseCommand } from './normaliseCommand';

export { HelpLink } from './HelpLink';
export type { Help } from './HelpLink';
export { HelpMark } from './HelpMark';
export type { HelpTopic } from './helpTopics';
export { useHelpPath } from './useHelpPath';

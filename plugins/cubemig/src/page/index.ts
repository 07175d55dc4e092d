export { EmptyNote } from './EmptyNote';
export { Loaded } from './Loaded';
export { PageBody } from './PageBody';
export { Panel } from './Panel';
export { usePaths } from './usePaths';

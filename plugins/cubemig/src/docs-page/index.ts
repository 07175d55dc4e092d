export { DocsRoutes } from './DocsRoutes';

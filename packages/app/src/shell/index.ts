export { shellModule } from './module';

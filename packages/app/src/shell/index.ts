export { homeModule, shellModule } from './module';

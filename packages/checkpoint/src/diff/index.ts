export type {
  Changes,
  CheckpointDiff,
  FileChange,
  ProcessChange,
  SocketChange,
  Story,
  VariableChange,
} from './CheckpointDiff';
export { compareReports } from './compareReports';
export type { Examined } from './compareReports';

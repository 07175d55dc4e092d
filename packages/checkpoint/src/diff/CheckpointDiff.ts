import { CheckpointDiff } from '@cubemig/plugin-cubemig-common';

export type { CheckpointDiff };

/** Things of one kind in two checkpoints. */
export interface Changes<T> {
  added: T[];
  removed: T[];
  /** As they are in the later checkpoint. */
  modified: T[];
}

export type ProcessChange = CheckpointDiff['process_changes']['added'][number];
export type FileChange = CheckpointDiff['file_changes']['added'][number];
export type SocketChange = CheckpointDiff['socket_changes']['added'][number];
export type VariableChange =
  CheckpointDiff['environment_changes']['added'][number];
export type Story = CheckpointDiff['story'];

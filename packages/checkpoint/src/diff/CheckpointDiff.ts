import {
  Connection,
  Descriptor,
  Finding,
  Process,
  RootfsChange,
  Verdict,
} from '@cubemig/plugin-cubemig-common';

/** Things of one kind in two checkpoints. */
export interface Changes<T> {
  added: T[];
  removed: T[];
  /** As they are in the later checkpoint. */
  modified: T[];
}

export type ProcessChange = Pick<Process, 'pid' | 'command' | 'exe' | 'uid'> & {
  cmdline: string;
};

export type FileChange = Pick<Descriptor, 'pid' | 'type' | 'deleted'> & {
  fd: string;
  path: string;
};

export type SocketChange = Pick<
  Connection,
  'pid' | 'protocol' | 'state' | 'family'
> & {
  local: string;
  remote: string;
};

export interface VariableChange {
  pid: number;
  name: string;
}

/** What differs between two checkpoints. Keys are checkpointctl's own (`checkpointctl diff --format json`) where it has them. */
export interface CheckpointDiff {
  container_id: string;
  container_name: string;
  image: string;
  checkpoint_a: { created: string; total_size: number };
  checkpoint_b: { created: string; total_size: number };
  process_changes: Changes<ProcessChange>;
  file_changes: Changes<FileChange>;
  socket_changes: Changes<SocketChange>;
  memory_changes: { size_change_bytes: number; size_change_mb: number };
  summary: string;

  environment_changes: Changes<VariableChange>;
  rootfs_changes: Changes<RootfsChange>;
  /** Findings of the one checkpoint that the other has not. */
  finding_changes: { appeared: Finding[]; vanished: Finding[] };
  verdict_a: Verdict;
  verdict_b: Verdict;
  /** The same in sentences. */
  story: Story;
}

export interface Story {
  appeared: string[];
  changed: string[];
  vanished: string[];
}

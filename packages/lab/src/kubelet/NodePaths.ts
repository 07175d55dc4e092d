import { join } from 'node:path';

/** A path as the node calls it, and where it lies on this machine. */
export interface NodePath {
  nodePath: string;
  hostPath: string;
}

/** The node's own file system is a folder; what its components call `/var/lib/kubelet` lies below it. */
export class NodePaths {
  constructor(private readonly root: string) {}

  at(nodePath: string): NodePath {
    return { nodePath, hostPath: join(this.root, nodePath) };
  }

  checkpoint(
    pod: string,
    namespace: string,
    container: string,
    time: Date,
  ): NodePath {
    const stamp = time.toISOString().replace(/\.\d+Z$/, 'Z');
    return this.at(
      `/var/lib/kubelet/checkpoints/checkpoint-${pod}_${namespace}-${container}-${stamp}.tar`,
    );
  }

  pod(uid: string): NodePath {
    return this.at(`/var/lib/kubelet/pods/${uid}`);
  }

  podLogs(namespace: string, pod: string, uid: string): NodePath {
    return this.at(`/var/log/pods/${namespace}_${pod}_${uid}`);
  }
}

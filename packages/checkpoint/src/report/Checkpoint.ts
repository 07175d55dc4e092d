import { Archive } from '../archive';
import { CriuImages } from '../criu';
import { ReadDescriptor, readDescriptors } from '../files';
import { ProcessMemory } from '../memory';
import { hasState, ReadProcess, readProcesses } from '../process';
import { SecretMask } from '../secrets';
import {
  ConfigDump,
  readConfigDump,
  readSpecDump,
  SpecDump,
} from './documents';
import { Warnings } from './Warnings';

/** CRIU's numbers (images/core.proto). */
const architectures: Record<number, string> = {
  1: 'amd64',
  2: 'arm',
  3: 'arm64',
  4: 'ppc64le',
  5: 's390x',
  6: 'mips64le',
  7: 'loong64',
  8: 'riscv64',
};

/** A checkpoint's parts, each read once, when it is first asked for. */
export class Checkpoint {
  readonly warnings: Warnings;
  readonly images: CriuImages;
  private cachedSpec?: SpecDump;
  private cachedConfig?: ConfigDump;
  private cachedProcesses?: ReadProcess[];
  private cachedDescriptors?: ReadDescriptor[];

  constructor(readonly archive: Archive) {
    this.warnings = new Warnings(archive.limits.warnings);
    this.warnings.add(...archive.warnings);
    this.images = new CriuImages(archive, this.warnings);
  }

  get spec(): SpecDump {
    this.cachedSpec ??= readSpecDump(this.archive);
    return this.cachedSpec;
  }

  get config(): ConfigDump {
    this.cachedConfig ??= readConfigDump(this.archive);
    return this.cachedConfig;
  }

  /** The processor's architecture, as Go and OCI images spell it. */
  get architecture(): string {
    const pid = this.processes[0]?.pid;
    const march = pid === undefined ? 0 : this.images.core(pid)?.mtype;
    return architectures[march ?? 0] ?? 'amd64';
  }

  get processes(): readonly ReadProcess[] {
    this.cachedProcesses ??= readProcesses(
      this.archive,
      this.images,
      this.warnings,
    );
    return this.cachedProcesses;
  }

  get descriptors(): readonly ReadDescriptor[] {
    this.cachedDescriptors ??= readDescriptors(
      this.images,
      this.processes,
      this.archive.limits.descriptors,
      this.warnings,
    );
    return this.cachedDescriptors;
  }

  /** Knows the secrets in the environment of the container and of its processes. */
  get secretMask(): SecretMask {
    return SecretMask.of([
      this.spec.environment,
      ...this.processes.map(p => p.environment ?? {}),
    ]);
  }

  /** @throws RangeError if there is no such process */
  processOf(pid: number): ReadProcess {
    const process = this.processes.find(p => p.pid === pid);
    if (!process) {
      const pids = this.processes.slice(0, 20).map(p => p.pid);
      throw new RangeError(`no process ${pid}: there are ${pids.join(', ')}`);
    }
    return process;
  }

  /**
   * The memory of a process.
   *
   * @throws RangeError if there is no such process, or nothing of its memory
   */
  memoryOf(pid: number): ProcessMemory {
    const process = this.processOf(pid);
    const memory = hasState(process)
      ? ProcessMemory.open(this.archive, this.images, pid, this.warnings)
      : undefined;
    if (!memory) {
      throw new RangeError(`process ${pid} (${process.state}) has no memory`);
    }
    return memory;
  }
}

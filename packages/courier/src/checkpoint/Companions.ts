import { Descriptor, RegistryClient } from '@cubemig/oci';
import {
  CheckpointTask,
  CourierResult,
  courierMediaTypes,
  reportClaims,
  reportTag,
  volumeClaims,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { explain } from '../explain';
import { NodeFiles } from '../NodeFiles';
import { Redactor } from '../output/Redactor';
import { makeReport } from '../report/makeReport';
import { pushReport } from '../report/pushReport';
import { CarriedVolume, pushVolume } from '../volumes/pushVolume';
import { Archive } from './ArchiveTaker';
import { isOfPod, podLabels } from './checkpointLabels';

type Report = Pick<
  CourierResult['checkpoints'][number],
  'report' | 'reportProblem'
>;

type Attempt = Promise<{ made: Buffer } | { problem: string }>;

/** What goes into the registry beside a pod's images: reports on them, and the data of its volumes. */
export class Companions {
  constructor(
    private readonly options: {
      request: CheckpointTask;
      files: NodeFiles;
      registry: RegistryClient;
      redactor: Redactor;
      sign: (digest: string, claims: Record<string, string>) => Promise<void>;
      signal: AbortSignal;
    },
  ) {}

  /** Begins to look into an archive, if a report is wanted. Never fails. */
  beginReport(archive: Archive): Attempt | undefined {
    const { request, signal } = this.options;
    return request.report
      ? makeReport(archive.path, signal).then(
          made => ({ made }),
          error => ({ problem: explain(error) }),
        )
      : undefined;
  }

  /** An archive of which no report can be made is good all the same. */
  async pushReport(
    container: string,
    attempt: Attempt | undefined,
    image: Descriptor,
    annotations: Record<string, string>,
  ): Promise<Report> {
    const { request, registry, redactor, sign, signal } = this.options;
    const result = await attempt;
    signal.throwIfAborted();
    if (!result) return {};
    if ('problem' in result) {
      return { reportProblem: redactor.redact(result.problem).slice(0, 300) };
    }
    const options = { registry, image, annotations, signal };
    const report = await pushReport(request, container, result.made, options);
    await sign(report.digest, reportClaims(request.migration, container));
    return { report };
  }

  /** The report that an earlier pod of the Job has pushed. */
  async findReport(container: string): Promise<Report> {
    const { request } = this.options;
    if (!request.report) return {};
    const tag = reportTag(request.migration, container);
    const found = await this.find(tag, courierMediaTypes.report);
    return found
      ? { report: found }
      : { reportProblem: 'An earlier courier ended before it was made' };
  }

  /**
   * Puts the pod's volumes into the registry.
   *
   * @param isReused - the containers' checkpoints are an earlier pod's; only its volumes belong to them
   */
  async carryVolumes(isReused: boolean): Promise<CarriedVolume[]> {
    const { request } = this.options;
    return Promise.all(
      (request.volumes ?? []).map(volume =>
        this.carryVolume(volume, isReused).catch(error => {
          throw new Error(
            `Volume ${volume.name} cannot be carried: ${explain(error)}`,
          );
        }),
      ),
    );
  }

  private async carryVolume(
    volume: NonNullable<CheckpointTask['volumes']>[number],
    isReused: boolean,
  ): Promise<CarriedVolume> {
    const { files, registry, request, sign, signal } = this.options;
    const { migration } = request;
    const { name } = volume;
    if (isReused) {
      const tag = volumeTag(migration, name);
      const found = await this.find(tag, courierMediaTypes.volume);
      if (!found) {
        throw new Error(
          'an earlier courier took the checkpoints and ended before it had the volume; take new checkpoints',
        );
      }
      await sign(found.digest, volumeClaims(migration, name));
      return { name, ...found };
    }
    const annotations = podLabels(request);
    const options = { files, registry, annotations, signal };
    const carried = await pushVolume(request, volume, options);
    await sign(carried.digest, volumeClaims(migration, name));
    return carried;
  }

  private async find(
    tag: string,
    artifactType: string,
  ): Promise<{ digest: string; bytes: number } | undefined> {
    const { registry, request, signal } = this.options;
    const { repository } = request.registry;
    const found = await registry.resolveTag(repository, tag, { signal });
    const isOurs =
      found?.manifest.artifactType === artifactType &&
      isOfPod(request, found.manifest) &&
      found.manifest.layers.length === 1;
    if (!found || !isOurs) return undefined;
    return { digest: found.digest, bytes: found.manifest.layers[0].size };
  }
}

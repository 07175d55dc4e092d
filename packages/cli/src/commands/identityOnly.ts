import { ReportSections } from '@cubemig/checkpoint';

/** Who the container was, and nothing of what is inside: read in no time. */
export const identityOnly: Partial<ReportSections> = {
  statistics: false,
  metadata: false,
  processTree: false,
  files: false,
  sockets: false,
  mounts: false,
  rootfs: false,
  log: false,
  dumpLog: false,
};

import { Detector, detectionOf } from '../Detector';

export const setuidFile: Detector = {
  id: 'setuid-file',
  title: "A new file lends its owner's rights",
  technique: {
    id: 'T1548.001',
    name: 'Abuse Elevation Control Mechanism: Setuid and Setgid',
  },
  explanation:
    'A program with the setuid or setgid bit was written since the container started: whoever runs it gets the rights of its owner. It is a common back door.',
  remedy:
    'Remove the file. Set allowPrivilegeEscalation: false, so that such bits have no effect.',
  detect: ({ report }) =>
    detectionOf(
      'high',
      (report.rootfs_changes ?? [])
        .filter(
          ({ type, mode }) =>
            type === 'file' &&
            mode !== undefined &&
            (parseInt(mode, 8) & 0o6000) !== 0,
        )
        .map(({ path, mode, uid, gid }) => ({
          file: path,
          detail: `${path} has mode ${mode} and belongs to ${uid}:${gid}`,
        })),
    ),
};

import { Evidence } from '@cubemig/plugin-cubemig-common';
import { sensitiveFiles } from '../../rootfs';
import { Detector } from '../Detector';

export const sensitiveFileChanged: Detector = {
  id: 'sensitive-file-changed',
  title: 'A file that decides over access was changed',
  technique: { id: 'T1098', name: 'Account Manipulation' },
  explanation:
    'Since the container started, something wrote to a file that holds accounts, passwords, keys, scheduled commands or what every shell runs. Images bring these files along; a running application leaves them alone.',
  remedy:
    "Compare the file with the image's. Make the root file system read-only.",
  detect: ({ report, heads }) =>
    sensitiveFiles.flatMap(({ pattern, what, technique }) => {
      const evidence: Evidence[] = (report.rootfs_changes ?? [])
        .filter(
          ({ path, type, change }) =>
            pattern.test(path) &&
            (type === 'file' || type === 'symlink' || change === 'deleted'),
        )
        .map(({ path, change }) => ({
          file: path,
          detail: `${path} was ${
            change === 'deleted' ? 'deleted' : 'changed'
          }${describeAccounts(path, heads.get(path))}`,
        }));
      return evidence.length > 0
        ? [
            {
              severity: 'high' as const,
              title: `Changed: ${what}`,
              technique,
              evidence,
            },
          ]
        : [];
    }),
};

/** Accounts that may log in: those of an image are few, so a new one stands out. */
function describeAccounts(path: string, content: Buffer | undefined): string {
  if (path !== '/etc/passwd' || !content) {
    return '';
  }
  const accounts = content
    .toString('utf8')
    .split('\n')
    .map(line => line.split(':'))
    .filter(fields => fields.length >= 7);
  const roots = accounts.filter(
    ([name, , uid]) => uid === '0' && name !== 'root',
  );
  const logins = accounts.filter(
    ([name, , uid, , , , shell]) =>
      name !== 'root' && uid !== '0' && /\/(ba|da|a|z|k)?sh$/.test(shell),
  );
  const list = (found: string[][]) => found.map(([name]) => name).join(', ');
  return [
    roots.length ? `; has root's rights: ${list(roots)}` : '',
    logins.length ? `; may log in: ${list(logins)}` : '',
  ].join('');
}

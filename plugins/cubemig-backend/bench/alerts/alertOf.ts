/** The cluster that alerts; the recorded one of the tests. */
export const CLUSTER = 'c1';
export const TOKEN = 'token-of-the-bench-cluster';
export const RULE = 'Read sensitive file untrusted';

/**
 * An alert of a container, just now, as falcosidekick sends it.
 *
 * @param fields - what Falco knows besides
 */
export function alertOf(container: string, uuid: string, fields: object = {}) {
  return {
    uuid,
    output: `Warning Sensitive file opened for reading | file=/etc/shadow container_id=${container}`,
    priority: 'Warning',
    rule: RULE,
    time: new Date().toISOString().replace('Z', '000001Z'),
    source: 'syscalls',
    tags: ['T1555', 'container', 'filesystem', 'mitre_credential_access'],
    hostname: 'worker-2',
    output_fields: {
      'container.id': container,
      'container.image.repository': 'registry.example/shop',
      'container.name': 'shop',
      'evt.type': 'openat',
      'fd.name': '/etc/shadow',
      'proc.cmdline': 'cat /etc/shadow',
      'proc.name': 'cat',
      'user.name': '<NA>',
      'user.uid': 0,
      ...fields,
    },
  };
}

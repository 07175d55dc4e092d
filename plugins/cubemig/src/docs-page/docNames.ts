/** The pages of the docs, by their files' names, in the order in which they are offered. */
export const docNames = [
  'index',
  'use',
  'first-run',
  'migration',
  'troubleshooting',
  'alerts',
  'install',
  'operate',
  'threat-model',
  'api',
  'lab',
  'reliability',
  'performance',
  'coming-from-the-original',
] as const;

export type DocName = (typeof docNames)[number];

export function isDocName(name: string): name is DocName {
  return docNames.some(known => known === name);
}

/** Where MITRE describes a technique or tactic. It writes a technique's part as a folder: T1059.004 lies at T1059/004. */
export function techniqueUrl(id: string): string {
  const kind = id.startsWith('TA') ? 'tactics' : 'techniques';
  return `https://attack.mitre.org/${kind}/${id.replace('.', '/')}/`;
}

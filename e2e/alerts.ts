import { expect } from '@playwright/test';
import { Alert } from '@cubemig/plugin-cubemig-common';
import { appUrl, lab } from './clusters';
import { signIn } from './migrations';

/** Posts what a cluster's Falco would have said about a pod of the namespace `demo`, and waits until it is an alert. */
export async function sendAlert(
  cluster: string,
  pod: string,
  {
    rule,
    priority,
    command = 'cat /etc/shadow',
  }: Pick<Alert, 'rule' | 'priority' | 'command'>,
): Promise<Alert> {
  const { alertsToken } = lab.clusters.find(({ name }) => name === cluster)!;
  const credential = Buffer.from(`${cluster}:${alertsToken}`);
  const time = new Date().toISOString();
  const response = await fetch(`${appUrl}/api/cubemig/alert`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${credential.toString('base64')}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      time,
      rule,
      priority,
      source: 'syscall',
      output: `${time} ${rule} | process=cat command=${command}`,
      tags: ['container', 'mitre_credential_access', 'T1555'],
      output_fields: {
        'k8s.ns.name': 'demo',
        'k8s.pod.name': pod,
        'proc.cmdline': command,
      },
    }),
  });
  expect(response.status).toBe(202);

  const client = await signIn();
  const find = async () =>
    (await client.alerts.list({ cluster })).items.find(
      alert =>
        alert.rule === rule &&
        alert.pod === pod &&
        alert.output.includes(command),
    );
  await expect.poll(find, { timeout: 30_000 }).toBeTruthy();
  return (await find())!;
}

import { randomBytes } from 'node:crypto';
import { AlertSender, type AlertTarget } from './AlertSender';
import { Falco } from './Falco';

/** falcosidekick's `customHeaders` in deploy/. */
const TOKEN_HEADER = 'x-cubemig-token';

/** A cluster's Falco. Its token is LAB_ALERTS_TOKEN_<CLUSTER>, or a new one. */
export function startFalco(
  cluster: string,
  { url, sender }: { url?: string; sender: AlertTarget['sender'] },
  onError: (component: string, error: unknown) => void,
): Falco {
  const token =
    process.env[`LAB_ALERTS_TOKEN_${cluster.toUpperCase()}`] ||
    randomBytes(24).toString('hex');
  if (!url) {
    return new Falco(cluster, token);
  }
  const target: AlertTarget = { url, sender };
  if (sender === 'falco') {
    const withPassword = new URL(url);
    withPassword.username = cluster;
    withPassword.password = token;
    target.url = withPassword.href;
  } else {
    target.headers = { [TOKEN_HEADER]: token };
  }
  return new Falco(
    cluster,
    token,
    new AlertSender(target, error => onError(`${cluster}: falco`, error)),
  );
}

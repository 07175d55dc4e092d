import { request as httpsRequest } from 'node:https';
import { ADMIN_TOKEN } from './startTestCluster';

export interface TestAnswer {
  code: number;
  headers: NodeJS.Dict<string | string[]>;
  body: any;
}

/** One request to a test's API server, by default of its administrator; the body comes back parsed where it is JSON. */
export function request(
  cluster: { apiServer: { port: number }; ca: { certificatePem: string } },
  path: string,
  options: {
    method?: string;
    token?: string;
    headers?: Record<string, string>;
    body?: unknown;
  } = {},
): Promise<TestAnswer> {
  const {
    method = 'GET',
    token,
    headers,
    body,
  } = { token: ADMIN_TOKEN, ...options };
  const text = body ? JSON.stringify(body) : '';
  return new Promise((resolve, reject) => {
    const call = httpsRequest(
      {
        host: '127.0.0.1',
        port: cluster.apiServer.port,
        path,
        method,
        ca: cluster.ca.certificatePem,
        agent: false,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          // Node sends the body of a DELETE without it as something else.
          'content-length': Buffer.byteLength(text),
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
      },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const received = Buffer.concat(chunks).toString();
          const isJson =
            answer.headers['content-type']?.startsWith('application/json');
          resolve({
            code: answer.statusCode!,
            headers: answer.headers,
            body:
              isJson && !path.includes('watch=')
                ? JSON.parse(received)
                : received,
          });
        });
      },
    );
    call.on('error', reject);
    call.end(text);
  });
}

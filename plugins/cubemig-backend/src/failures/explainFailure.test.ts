import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from './explainFailure';

/** Messages of the `Failed` events that a real target cluster recorded. */
const recorded: string[] = JSON.parse(
  readFileSync(join(__dirname, '__fixtures__/failed-events.json'), 'utf8'),
);

describe('explainFailure', () => {
  it.each([
    ['locating image with ID', 'base-image-missing'],
    ['expects following bind mounts', 'mounts-missing'],
    ['missing private key', 'decryption-key-missing'],
    ['manifest unknown', 'image-not-found'],
    ['Connected TCP socket in image', 'target-lacks-tcp-close'],
    ['no command specified', 'not-restored-as-checkpoint'],
    ['namespaced signature policy', 'signature-policy'],
    ['CRIU restoring failed -52', 'restore-failed'],
    ['ImagePullBackOff', 'image-pull-failed'],
  ])('finds the cause in the recorded event "%s"', (part, code) => {
    const text = recorded.find(message => message.includes(part))!;
    const problem = explainFailure(text);
    expect(problem.code).toBe(code);
    expect(problem.remedy).not.toBe('');
    expect(problem.message).toContain(part);
  });

  it.each([
    [
      'Forbidden (user=system:serviceaccount:cubemig:courier, verb=create, resource=nodes, subresource(s)=[checkpoint])',
      'checkpoint-forbidden',
    ],
    ['404 page not found', 'checkpoint-api-off'],
    [
      'checkpointing of demo/web/web failed (Error: Connected TCP socket, consider using --tcp-established option.)',
      'source-lacks-tcp-close',
    ],
    ['write /var/lib/x: no space left on device', 'disk-full'],
    [
      'failed to checkpoint container: CRIU checkpointing failed -52: criu failed: type NOTIFY errno 0',
      'checkpoint-failed',
    ],
    [
      'checkpoint/restore support not available: criu binary not found',
      'criu-missing',
    ],
    [
      'pinging container registry r:5000: dial tcp 10.0.0.1:5000: connect: connection refused',
      'registry-unreachable',
    ],
    [
      "pods \"cubemig-1-x\" is forbidden: ValidatingAdmissionPolicy 'cubemig-courier' with binding 'cubemig-courier' denied request: image r/x:1 is not in the ConfigMap cubemig-courier-policy",
      'admission-denied',
    ],
  ])('knows "%s"', (text, code) => {
    expect(explainFailure(text).code).toBe(code);
  });

  it('keeps an unknown text, and bounds it', () => {
    expect(explainFailure('flux capacitor drained')).toMatchObject({
      code: 'unexplained',
      message: 'flux capacitor drained',
    });
    expect(explainFailure('x'.repeat(50_000)).message.length).toBeLessThan(700);
  });
});

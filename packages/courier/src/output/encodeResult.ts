import {
  COURIER_RESULT_MAX_BYTES,
  CourierResult,
} from '@cubemig/plugin-cubemig-common';

/**
 * The result as the termination message, below the size at which the kubelet cuts it. What does not fit is left out: figures first, then what
 * is said of reports and volumes, the failure's last words, and checkpoints from the end. Their tags in the registry tell it all as well.
 */
export function encodeResult(result: CourierResult): string {
  const { failure, checkpoints, volumes: _, ...rest } = result;
  const bare = checkpoints.map(
    ({ container, digest, archiveBytes, layerBytes, reused }) => ({
      container,
      digest,
      archiveBytes,
      layerBytes,
      reused,
    }),
  );
  const short = failure && {
    ...failure,
    message: failure.message.slice(0, 500),
  };
  const candidates: CourierResult[] = [
    result,
    {
      ...result,
      checkpoints: checkpoints.map(
        ({
          frozenMicros: _micros,
          dump: _dump,
          reportProblem: _problem,
          ...lean
        }) => lean,
      ),
    },
    { ...result, checkpoints: bare },
    { ...rest, failure, checkpoints: bare },
    ...bare.map((_bare, dropped) => ({
      ...rest,
      checkpoints: bare.slice(0, bare.length - dropped),
      failure: short,
    })),
  ];
  const fitting = candidates
    .map(candidate => JSON.stringify(candidate))
    .find(text => Buffer.byteLength(text) < COURIER_RESULT_MAX_BYTES);
  return (
    fitting ?? JSON.stringify({ ...rest, checkpoints: [], failure: short })
  );
}

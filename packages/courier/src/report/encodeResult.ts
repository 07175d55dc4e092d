import {
  COURIER_RESULT_MAX_BYTES,
  CourierResult,
} from '@cubemig/plugin-cubemig-common';

/**
 * The result as the termination message, below the size at which the kubelet cuts it. What does not fit is left out: figures first, then the failure's
 * last words, then checkpoints from the end, which their tags in the registry tell as well.
 */
export function encodeResult(result: CourierResult): string {
  const { failure, checkpoints } = result;
  const lean = checkpoints.map(({ frozenMicros: _, ...rest }) => rest);
  const short = failure && {
    ...failure,
    message: failure.message.slice(0, 500),
  };
  const candidates: CourierResult[] = [
    result,
    { ...result, checkpoints: lean },
    ...lean.map((_, dropped) => ({
      ...result,
      checkpoints: lean.slice(0, lean.length - dropped),
      failure: short,
    })),
  ];
  const fitting = candidates
    .map(candidate => JSON.stringify(candidate))
    .find(text => Buffer.byteLength(text) < COURIER_RESULT_MAX_BYTES);
  return (
    fitting ?? JSON.stringify({ ...result, checkpoints: [], failure: short })
  );
}

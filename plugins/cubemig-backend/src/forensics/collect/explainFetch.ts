import { EncryptionError, RegistryError, SignatureError } from '@cubemig/oci';
import { Problem } from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../../failures';

/** What is wrong with a report, and whether the same attempt may succeed later. */
export function explainFetch(error: unknown): {
  problem: Problem;
  mayPass: boolean;
} {
  if (error instanceof ProblemError) {
    return { problem: error.problem, mayPass: false };
  }
  if (error instanceof SignatureError || error instanceof EncryptionError) {
    const { code, message, remedy } = error;
    return { problem: { code, message, remedy }, mayPass: false };
  }
  if (error instanceof RegistryError) {
    const { code, message, remedy } = error;
    return {
      problem: { code, message, remedy },
      mayPass: error.code !== 'registry-digest',
    };
  }
  return {
    problem: {
      code: 'report-unreadable',
      message: `The forensic report could not be fetched: ${
        (error as Error).message
      }`,
      remedy:
        'Check that the backend reaches the registry; it is tried again by itself for a while.',
    },
    mayPass: true,
  };
}

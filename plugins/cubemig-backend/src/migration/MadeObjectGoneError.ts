import { ProblemError } from '../failures';
import { MadeObject } from './store';

/** What a migration made in a cluster is not there any more, although the migration has not removed it. */
export class MadeObjectGoneError extends ProblemError {
  constructor({ cluster, kind, namespace, name }: MadeObject) {
    super({
      code: 'made-object-gone',
      message: `The ${kind} '${name}' in '${namespace}' of cluster '${cluster}', which this migration made, was deleted by somebody else.`,
      remedy:
        'Look for a person, controller or operator that removes it, then migrate again.',
    });
  }
}

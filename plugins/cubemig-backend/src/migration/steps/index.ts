import { Step } from '../Step';
import { checkpoint } from './checkpoint';
import { cleanUp } from './cleanUp';
import { cutOver } from './cutOver';
import { preflight } from './preflight';
import { prePull } from './prePull';
import { restore } from './restore';
import { validate } from './validate';

/** A migration's steps, in the order in which they run. */
export const steps: readonly Step[] = [
  preflight,
  prePull,
  checkpoint,
  restore,
  validate,
  cutOver,
  cleanUp,
];

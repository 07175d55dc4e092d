import {
  createTranslationRef,
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { alerts } from './messages/alerts';
import { assessment } from './messages/assessment';
import { card } from './messages/card';
import { clusters } from './messages/clusters';
import { common } from './messages/common';
import { docs } from './messages/docs';
import { firstRun } from './messages/firstRun';
import { forensics } from './messages/forensics';
import { help } from './messages/help';
import { home } from './messages/home';
import { logs } from './messages/logs';
import { migration } from './messages/migration';
import { outcome } from './messages/outcome';
import { plan } from './messages/plan';
import { pods } from './messages/pods';
import { rules } from './messages/rules';
import { simulation } from './messages/simulation';
import { steps } from './messages/steps';
import { tab } from './messages/tab';

/**
 * All texts of CubeMig's pages in English. Other languages are added by translation resources that refer to it.
 *
 * @public
 */
export const cubemigTranslationRef = createTranslationRef({
  id: 'plugin.cubemig',
  messages: {
    alerts,
    assessment,
    card,
    clusters,
    common,
    docs,
    firstRun,
    forensics,
    help,
    home,
    logs,
    migration,
    outcome,
    plan,
    pods,
    rules,
    simulation,
    steps,
    tab,
  },
});

/** Looks words up in the reader's language. */
export type Words = TranslationFunction<(typeof cubemigTranslationRef)['T']>;

/** Words in the reader's language. */
export function useWords(): Words {
  return useTranslationRef(cubemigTranslationRef).t;
}

import {
  createTranslationRef,
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { alerts } from './messages/alerts';
import { assessment } from './messages/assessment';
import { clusters } from './messages/clusters';
import { common } from './messages/common';
import { forensics } from './messages/forensics';
import { migration } from './messages/migration';
import { plan } from './messages/plan';

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
    clusters,
    common,
    forensics,
    migration,
    plan,
  },
});

/** Looks words up in the reader's language. */
export type Words = TranslationFunction<(typeof cubemigTranslationRef)['T']>;

/** Words in the reader's language. */
export function useWords(): Words {
  return useTranslationRef(cubemigTranslationRef).t;
}

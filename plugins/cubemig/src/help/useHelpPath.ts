import { useCallback } from 'react';
import { usePaths } from '../page/usePaths';
import { HelpTopic, helpTopics } from './helpTopics';

/** Where the docs say more about a topic, and of it about a code; nowhere in an app that shows none of CubeMig's pages. */
export function useHelpPath() {
  const paths = usePaths();
  return useCallback(
    (topic: HelpTopic, code?: string) => {
      if (!paths) return undefined;
      const [name, anchor] = helpTopics[topic].split('#');
      const search = code ? `?code=${encodeURIComponent(code)}` : '';
      return `${paths.docs(name)}${search}${anchor ? `#${anchor}` : ''}`;
    },
    [paths],
  );
}

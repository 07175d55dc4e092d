import { Link } from '@backstage/core-components';
import { ReactNode } from 'react';
import { useWords } from '../translation';
import { HelpTopic } from './helpTopics';
import { useHelpPath } from './useHelpPath';

/** What is to be read more about. */
export interface Help {
  topic: HelpTopic;
  /** Of a failure, a guard, a permission: its row is shown. */
  code?: string;
  /** Opens beside this page, for example from a dialog, whose fields would be lost. */
  isAside?: boolean;
}

/** Leads to what the docs say about something. */
export const HelpLink = (props: Help & { children?: ReactNode }) => {
  const { topic, code, isAside, children } = props;
  const t = useWords();
  const path = useHelpPath()(topic, code);
  if (!path) return <>{children}</>;
  return (
    // It often stands within text, where colour alone does not tell a link.
    <Link
      to={path}
      underline="always"
      {...(isAside && { target: '_blank', rel: 'noopener' })}
    >
      {children ?? t('help.more')}
    </Link>
  );
};

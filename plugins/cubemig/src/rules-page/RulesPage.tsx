import { PageBody } from '../page';
import { useWords } from '../translation';
import { KillSwitch } from './KillSwitch';
import { RuleList } from './RuleList';

/** What is done about alerts by itself: the rules, and one switch over all of them. */
export const RulesPage = () => {
  const t = useWords();
  return (
    <PageBody label={t('rules.title')}>
      <KillSwitch />
      <RuleList />
    </PageBody>
  );
};

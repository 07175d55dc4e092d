import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { Attack } from '@cubemig/plugin-cubemig-common';
import { techniqueUrl } from '../forensics/findings';
import { TextBlock } from '../text';
import { useWords } from '../translation';

/** What an attack does, and what should notice it. */
export const AttackDetails = ({ attack }: { attack: Attack }) => {
  const t = useWords();
  const { description, rule, technique, script } = attack;
  return (
    <div>
      <Typography variant="body2">{description}</Typography>
      <Typography variant="body2" gutterBottom>
        {t('simulation.rule', { rule })} ·{' '}
        <Link to={techniqueUrl(technique.id)}>
          {technique.id} {technique.name}
        </Link>
      </Typography>
      <TextBlock label={t('simulation.script')} text={script} />
    </div>
  );
};

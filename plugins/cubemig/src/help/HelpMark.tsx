import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { useWords } from '../translation';
import { HelpTopic } from './helpTopics';
import { useHelpPath } from './useHelpPath';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    padding: theme.spacing(0.5),
    fontSize: '1.125rem',
    // Calmer than the links that lead on.
    color: theme.palette.textSubtle,
  },
}));

/** A question mark beside a title, which leads to what the docs say about it. */
export const HelpMark = (props: { topic: HelpTopic; title: string }) => {
  const { topic, title } = props;
  const classes = useStyles();
  const t = useWords();
  const path = useHelpPath()(topic);
  if (!path) return null;
  const words = t('help.about', { title });
  return (
    <Tooltip title={words}>
      <Link to={path} className={classes.root} aria-label={words}>
        <HelpOutlineIcon fontSize="inherit" />
      </Link>
    </Tooltip>
  );
};

import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import CheckIcon from '@material-ui/icons/Check';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { CheckedCitation } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    margin: theme.spacing(0.5, 0),
    padding: 0,
    listStyle: 'none',
  },
  item: { maxWidth: '100%' },
  chip: { margin: 0, maxWidth: '100%' },
  invented: {
    margin: 0,
    maxWidth: '100%',
    borderStyle: 'dashed',
    borderColor: theme.palette.status.warning,
    textDecoration: 'line-through',
  },
}));

/** What a statement rests on, and whether the report really holds it. */
export const Citations = ({ citations }: { citations: CheckedCitation[] }) => {
  const classes = useStyles();
  const t = useWords();
  if (citations.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('assessment.evidence')}>
      {citations.map(({ kind, value, isInReport }, index) => {
        const word = t(
          isInReport ? 'assessment.inReport' : 'assessment.notInReport',
        );
        return (
          // A model may cite a thing twice.
          // eslint-disable-next-line react/no-array-index-key
          <li key={`${kind}/${value}/${index}`} className={classes.item}>
            <Tooltip title={word}>
              <Chip
                size="small"
                variant="outlined"
                tabIndex={0}
                aria-label={`${value}: ${word}`}
                className={isInReport ? classes.chip : classes.invented}
                icon={isInReport ? <CheckIcon /> : <WarningIcon />}
                label={value}
              />
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
};

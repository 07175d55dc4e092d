import AlertTitle from '@material-ui/lab/AlertTitle';
import { makeStyles } from '@material-ui/core/styles';
import { Notice } from '../problem';
import { Fold, Marked } from '../text';
import { useWords } from '../translation';

/** More of them in full would hide what came of the migration. */
const SHOWN = 2;

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    '& li + li': { marginTop: theme.spacing(1) },
  },
}));

/** What the user should know although the migration went on. */
export const Warnings = ({ warnings }: { warnings: string[] }) => {
  const classes = useStyles();
  const t = useWords();
  if (warnings.length <= SHOWN) {
    return (
      <>
        {warnings.map(warning => (
          <Notice key={warning} severity="warning">
            <Marked text={warning} />
          </Notice>
        ))}
      </>
    );
  }
  return (
    <Notice severity="warning">
      <AlertTitle>{t('plan.warnings', { count: warnings.length })}</AlertTitle>
      <Fold
        show={t('migration.showWarnings')}
        hide={t('migration.hideWarnings')}
      >
        <ul className={classes.list}>
          {warnings.map(warning => (
            <li key={warning}>
              <Marked text={warning} />
            </li>
          ))}
        </ul>
      </Fold>
    </Notice>
  );
};

import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { usePaths } from '../page';
import { useWords } from '../translation';
import { DocName, docNames } from './docNames';
import { Doc } from './prepareDoc';

const useStyles = makeStyles(theme => ({
  root: {
    fontSize: '0.875rem',
    '& ul': { margin: 0, padding: 0, listStyle: 'none' },
    [theme.breakpoints.up('md')]: { position: 'sticky', top: theme.spacing(2) },
  },
  pages: {
    display: 'grid',
    gap: theme.spacing(0.75),
    [theme.breakpoints.down('sm')]: {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(2),
    },
  },
  current: { fontWeight: 600 },
  sections: {
    [theme.breakpoints.down('sm')]: { display: 'none' },
    '& li': {
      marginTop: theme.spacing(0.75),
      paddingLeft: theme.spacing(1.5),
      borderLeft: `1px solid ${theme.palette.divider}`,
    },
  },
}));

/** Leads to the pages of the docs, and to the parts of the one that is read. */
export const DocNavigation = (props: {
  current: DocName;
  sections: Doc['sections'];
}) => {
  const { current, sections } = props;
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  if (!paths) return null;
  return (
    <nav className={classes.root} aria-label={t('docs.all')}>
      <ul className={classes.pages}>
        {docNames.map(name => (
          <li key={name}>
            <Link
              to={paths.docs(name)}
              className={name === current ? classes.current : undefined}
              aria-current={name === current ? 'page' : undefined}
            >
              {t(`docs.pages.${name}`)}
            </Link>
            {name === current && (
              <ul className={classes.sections}>
                {sections.map(({ title, anchor }) => (
                  <li key={anchor}>
                    <Link to={`${paths.docs(name)}#${anchor}`}>{title}</Link>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
};

import { Link } from '@backstage/core-components';
import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  name: { color: theme.palette.text.secondary, fontSize: '0.875rem' },
  value: { margin: 0, overflowWrap: 'anywhere', fontSize: '0.875rem' },
  count: {
    display: 'inline-block',
    marginBottom: theme.spacing(0.5),
    fontSize: '1.75rem',
    fontWeight: 600,
    lineHeight: 1.2,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** How many there are of something, leading to its page, and the first of them. */
export const Figure = (props: {
  name: string;
  count: number;
  path?: string;
  children: ReactNode;
}) => {
  const { name, count, path, children } = props;
  const classes = useStyles();
  const shown = count.toLocaleString();
  return (
    <div>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>
        {path ? (
          <Link
            to={path}
            className={classes.count}
            aria-label={`${name}: ${shown}`}
          >
            {shown}
          </Link>
        ) : (
          <span className={classes.count}>{shown}</span>
        )}
        {children}
      </dd>
    </div>
  );
};

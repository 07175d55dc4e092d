import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';
import { PluginHeader } from '@backstage/ui';
import HomeIcon from '@material-ui/icons/Home';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(3),
    flexGrow: 1,
    padding: theme.spacing(3),
    overflowY: 'auto',
    // A card that has nothing to say takes no place.
    '& > :empty': { display: 'none' },
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
}));

/** The home page's cards one below the other, below the header that all pages have: nothing to arrange, nothing to load for it. */
export const homeLayout = HomePageLayoutBlueprint.make({
  params: {
    loader: async () =>
      function HomeLayout({ widgets }) {
        const classes = useStyles();
        return (
          <>
            <PluginHeader title="Home" icon={<HomeIcon fontSize="inherit" />} />
            <main className={classes.root} aria-label="Home">
              {widgets.map(({ node, component }) => (
                <div key={node.spec.id}>{component}</div>
              ))}
            </main>
          </>
        );
      },
  },
});

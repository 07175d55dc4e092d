import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { LogoMark } from './LogoMark';

const useStyles = makeStyles(theme => ({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    flexShrink: 0,
    alignItems: 'center',
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    paddingLeft: (sidebarConfig.drawerWidthClosed - 32) / 2,
    color: theme.palette.navigation.selectedColor,
    '&:hover': { textDecoration: 'none' },
  },
  word: {
    marginLeft: theme.spacing(1.5),
    fontSize: 20,
    fontWeight: 700,
    letterSpacing: '-0.02em',
    whiteSpace: 'nowrap',
  },
  accent: { color: theme.palette.navigation.indicator },
}));

export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label="CubeMig, home"
      >
        <LogoMark />
        {isOpen && (
          <span className={classes.word}>
            Cube<span className={classes.accent}>Mig</span>
          </span>
        )}
      </Link>
    </div>
  );
};

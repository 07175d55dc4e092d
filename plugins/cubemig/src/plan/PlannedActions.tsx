import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import { Fold, TextBlock } from '../text';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  title: { fontSize: '1rem', fontWeight: 600 },
  group: {
    fontSize: '0.875rem',
    fontWeight: 600,
    margin: theme.spacing(1.5, 0, 0.5),
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  action: {
    display: 'grid',
    gridTemplateColumns: '88px minmax(0, 1fr)',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0.75, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  step: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  quiet: { color: theme.palette.text.secondary },
}));

/** What will be done, by the place where it is done, in the order of the steps. */
export const PlannedActions = (props: {
  actions: PlannedAction[];
  titleOf(cluster: string): string;
}) => {
  const { actions, titleOf } = props;
  const classes = useStyles();
  const t = useWords();
  const places = [...new Set(actions.map(({ cluster }) => cluster))];
  return (
    <section aria-label={t('plan.actions')}>
      <Typography variant="h3" className={classes.title}>
        {t('plan.actions')}
      </Typography>
      {places.map(place => (
        <div key={place ?? ''}>
          <Typography variant="h4" className={classes.group}>
            {place
              ? t('plan.inCluster', { cluster: titleOf(place) })
              : t('plan.elsewhere')}
          </Typography>
          <ol className={classes.list}>
            {actions
              .filter(({ cluster }) => cluster === place)
              .map(action => (
                <li
                  key={`${action.step}/${action.verb}/${action.kind}/${action.namespace}/${action.name}`}
                  className={classes.action}
                >
                  <span className={classes.step}>
                    {t(`steps.titles.${action.step}`)}
                  </span>
                  <div>
                    <strong>
                      {t(`plan.verbs.${action.verb}`)} {action.kind}{' '}
                      {action.namespace && `${action.namespace}/`}
                      {action.name}
                    </strong>
                    {action.isUndone && (
                      <span className={classes.quiet}>
                        {' '}
                        ({t('plan.undone')})
                      </span>
                    )}
                    <div className={classes.quiet}>{action.description}</div>
                    {action.manifest && (
                      <Fold
                        show={t('plan.showManifest')}
                        hide={t('plan.hideManifest')}
                      >
                        <TextBlock
                          label={`${action.kind} ${action.name}`}
                          text={action.manifest}
                        />
                      </Fold>
                    )}
                  </div>
                </li>
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
};

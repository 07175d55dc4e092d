import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useWords } from '../translation';
import { Draft } from './draft';

const modes = ['move', 'copy', 'checkpoint'] as const;

const useStyles = makeStyles(theme => ({
  option: { alignItems: 'flex-start', marginTop: theme.spacing(0.5) },
  words: { paddingTop: 7 },
}));

/** What shall happen to the pod. */
export const ModeField = (props: {
  value: Exclude<Draft['mode'], 'restore'>;
  onChange(mode: Draft['mode']): void;
}) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">{t('plan.mode')}</FormLabel>
      <RadioGroup
        aria-label={t('plan.mode')}
        name="mode"
        value={props.value}
        onChange={event => props.onChange(event.target.value as Draft['mode'])}
      >
        {modes.map(mode => (
          <FormControlLabel
            key={mode}
            value={mode}
            className={classes.option}
            control={<Radio size="small" color="primary" />}
            label={
              <div className={classes.words}>
                <Typography variant="body1">
                  {t(`plan.modes.${mode}`)}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {t(`plan.modes.${mode}Detail`)}
                </Typography>
              </div>
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
};

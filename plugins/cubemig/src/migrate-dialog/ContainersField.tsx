import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import { useWords } from '../translation';

/** Which of a pod's containers travel with their processes. */
export const ContainersField = (props: {
  containers: { name: string }[];
  value: string[];
  onChange(value: string[]): void;
}) => {
  const { containers, value, onChange } = props;
  const t = useWords();
  const isNone = value.length === 0;
  return (
    <FormControl component="fieldset" error={isNone}>
      <FormLabel component="legend">{t('plan.containers')}</FormLabel>
      <FormGroup row>
        {containers.map(({ name }) => (
          <FormControlLabel
            key={name}
            label={name}
            control={
              <Checkbox
                size="small"
                color="primary"
                checked={value.includes(name)}
                onChange={(_, isChecked) =>
                  onChange(
                    containers
                      .map(container => container.name)
                      .filter(other =>
                        other === name ? isChecked : value.includes(other),
                      ),
                  )
                }
              />
            }
          />
        ))}
      </FormGroup>
      <FormHelperText>
        {t(isNone ? 'plan.containersNone' : 'plan.containersDetail')}
      </FormHelperText>
    </FormControl>
  );
};

import Button, { ButtonProps } from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';

/** A button that says why it cannot be pressed. */
export const GuardedButton = (
  props: ButtonProps & {
    /** Why not; absent if it can be pressed. */
    denial?: string;
  },
) => {
  const { denial, onClick, ...button } = props;
  // aria-disabled rather than disabled: a disabled button can neither be hovered nor focused, so nobody learns why.
  const inert = denial && {
    'aria-disabled': true,
    style: { opacity: 0.55, cursor: 'not-allowed' },
  };
  const shown = (
    <Button {...button} {...inert} onClick={denial ? undefined : onClick} />
  );
  // A disabled button tells a tooltip nothing.
  return props.disabled ? (
    shown
  ) : (
    <Tooltip title={denial ?? ''}>{shown}</Tooltip>
  );
};

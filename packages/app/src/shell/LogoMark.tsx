import { useTheme } from '@material-ui/core/styles';

/** A cube that has left its old place: the same drawing as in public/favicon.svg. */
export const LogoMark = () => {
  const { indicator, color } = useTheme().palette.navigation;
  return (
    <svg viewBox="0 0 32 32" width={32} height={32} aria-hidden="true">
      <path
        d="M10 15.4 1.8 10.8V6.2L10 1.6l8.2 4.6"
        transform="translate(0 2.4)"
        fill="none"
        stroke={color}
        strokeWidth="1.6"
        strokeDasharray="2.4 2.2"
        strokeLinejoin="round"
      />
      <path d="m20 8 10.4 5.8L20 19.6 9.6 13.8z" fill={indicator} />
      <path
        d="M9.6 13.8 20 19.6v11.2L9.6 25z"
        fill={indicator}
        opacity="0.72"
      />
      <path
        d="M30.4 13.8 20 19.6v11.2L30.4 25z"
        fill={indicator}
        opacity="0.45"
      />
    </svg>
  );
};

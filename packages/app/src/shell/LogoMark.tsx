import { useTheme } from '@material-ui/core/styles';

/** A cube that leaves its outline behind: the same drawing as public/favicon.svg. */
export const LogoMark = () => {
  const { indicator } = useTheme().palette.navigation;
  return (
    <svg viewBox="0 0 32 32" width={32} height={32} aria-hidden="true">
      <path
        d="M11 4.5 2.5 9.2v10.1l8.5 4.7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeDasharray="2.6 2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="m20 8 9.5 5.2L20 18.4l-9.5-5.2z" fill={indicator} />
      <path
        d="m10.5 13.2 9.5 5.2V29l-9.5-5.2z"
        fill={indicator}
        opacity="0.7"
      />
      <path
        d="M29.5 13.2 20 18.4V29l9.5-5.2z"
        fill={indicator}
        opacity="0.45"
      />
    </svg>
  );
};

import { useTheme } from '@material-ui/core/styles';
import { Priority } from '@cubemig/plugin-cubemig-common';

/** A colour for each priority; the graver, the darker in light and the brighter in dark. */
export function usePriorityColors(): Record<Priority, string> {
  const isDark = useTheme().palette.type === 'dark';
  return isDark
    ? {
        Emergency: '#ff5c8a',
        Alert: '#ff6b6b',
        Critical: '#ff8a65',
        Error: '#ffab40',
        Warning: '#ffd54f',
        Notice: '#4fc3f7',
        Informational: '#7d9bb5',
        Debug: '#5f6b76',
      }
    : {
        Emergency: '#7b0035',
        Alert: '#a3122a',
        Critical: '#c62828',
        Error: '#e0591b',
        Warning: '#f0a30a',
        Notice: '#2f86c9',
        Informational: '#7797b5',
        Debug: '#a9b4be',
      };
}

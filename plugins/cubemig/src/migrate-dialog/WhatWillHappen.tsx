import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import ListItemText from '@material-ui/core/ListItemText';
import { makeStyles } from '@material-ui/core/styles';
import MemoryIcon from '@material-ui/icons/Memory';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import PowerOffIcon from '@material-ui/icons/SettingsEthernet';
import ShieldIcon from '@material-ui/icons/VerifiedUser';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { padding: 0 },
  item: { padding: theme.spacing(0.5, 0) },
  icon: { minWidth: 40 },
  // Backstage's themes cut a list item's text; here every word counts.
  text: { whiteSpace: 'normal', overflow: 'visible' },
}));

/** What a migration means for whoever depends on the pod, before it is started. */
export const WhatWillHappen = (props: { source: string; target?: string }) => {
  const classes = useStyles();
  const t = useWords();
  const target = props.target ?? t('pods.theTarget');
  const facts = [
    {
      icon: <MemoryIcon />,
      title: t('pods.memory'),
      detail: t('pods.memoryDetail', { target }),
    },
    {
      icon: <PauseIcon />,
      title: t('pods.frozen'),
      detail: t('pods.frozenDetail', { source: props.source }),
    },
    {
      icon: <PowerOffIcon />,
      title: t('pods.connections'),
      detail: t('pods.connectionsDetail'),
    },
    {
      icon: <ShieldIcon />,
      title: t('pods.stopped'),
      detail: t('pods.stoppedDetail', { source: props.source }),
    },
  ];
  return (
    <List dense className={classes.list} aria-label={t('pods.whatWillHappen')}>
      {facts.map(({ icon, title, detail }) => (
        <ListItem
          key={title}
          alignItems="flex-start"
          disableGutters
          className={classes.item}
        >
          <ListItemIcon className={classes.icon}>{icon}</ListItemIcon>
          <ListItemText
            primary={title}
            secondary={detail}
            classes={{ primary: classes.text, secondary: classes.text }}
          />
        </ListItem>
      ))}
    </List>
  );
};

import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import ListItemText from '@material-ui/core/ListItemText';
import { makeStyles } from '@material-ui/core/styles';
import MemoryIcon from '@material-ui/icons/Memory';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import PowerOffIcon from '@material-ui/icons/SettingsEthernet';
import ShieldIcon from '@material-ui/icons/VerifiedUser';

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
  const target = props.target ?? 'the target cluster';
  const facts = [
    {
      icon: <MemoryIcon />,
      title: 'Memory, open files and processes go along',
      detail: `The program carries on in ${target} where it was; it does not start anew.`,
    },
    {
      icon: <PauseIcon />,
      title: 'The pod is frozen for a moment',
      detail: `While its memory is written, mostly well under a second. What it does after that on ${props.source} is not carried over.`,
    },
    {
      icon: <PowerOffIcon />,
      title: 'Established TCP connections close',
      detail: 'Clients have to connect again.',
    },
    {
      icon: <ShieldIcon />,
      title: 'The source is stopped last',
      detail: `Should anything fail before, the pod simply goes on serving in ${props.source}.`,
    },
  ];
  return (
    <List dense className={classes.list} aria-label="What will happen">
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

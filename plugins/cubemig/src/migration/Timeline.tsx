import { useState } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useWords } from '../translation';
import { TimelineEvents } from './TimelineEvents';

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    '&:before': { display: 'none' },
  },
  title: { fontWeight: 500 },
  details: { padding: 0, display: 'block' },
}));

/** A migration's log, read only while it is open. */
export const Timeline = (props: { id: string; isUnderWay: boolean }) => {
  const classes = useStyles();
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Accordion
      elevation={0}
      className={classes.root}
      expanded={isOpen}
      onChange={(_, expanded) => setOpen(expanded)}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        aria-controls="migration-timeline"
        id="migration-timeline-title"
      >
        <span className={classes.title}>{t('tab.timeline')}</span>
      </AccordionSummary>
      <AccordionDetails id="migration-timeline" className={classes.details}>
        {isOpen && <TimelineEvents {...props} />}
      </AccordionDetails>
    </Accordion>
  );
};

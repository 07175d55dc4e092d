import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { AlertDetail, Occurrence } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { Panel } from '../page';
import { Notice } from '../problem';
import { Fold, TextBlock } from '../text';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    padding: theme.spacing(1, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    overflowWrap: 'anywhere',
  },
  lesser: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  more: { padding: theme.spacing(1, 2) },
}));

/** Each time it fired, with what Falco sent; older ones on demand. */
export const Occurrences = ({ alert }: { alert: AlertDetail }) => {
  const classes = useStyles();
  const t = useWords();
  const { alerts } = useApi(cubemigApiRef);
  const [older, setOlder] = useState<Occurrence[]>([]);
  const [cursor, setCursor] = useState<string>();
  const known = new Set<string>();
  const shown = [...alert.latestOccurrences, ...older].filter(({ id }) => {
    const isNew = !known.has(id);
    known.add(id);
    return isNew;
  });
  const { run, isBusy, refusal } = useAction(
    useCallback(async () => {
      const page = await alerts.listOccurrences(alert.id, cursor);
      setOlder(previous => [...previous, ...page.items]);
      setCursor(page.nextCursor);
    }, [alerts, alert.id, cursor]),
  );
  return (
    <Panel title={t('alerts.occurrences')} isFlush>
      <ul className={classes.list}>
        {shown.map(({ id, receivedAt, output, hostname, payload }) => (
          <li key={id} className={classes.item}>
            <div className={classes.lesser}>
              <RelativeTime moment={receivedAt} />
              {hostname && ` · ${hostname}`}
            </div>
            {output}
            <div>
              <Fold show={t('alerts.payload')} hide={t('common.close')}>
                <TextBlock
                  label={t('alerts.payload')}
                  text={payload}
                  fileName={`falco-${id}.json`}
                />
              </Fold>
            </div>
          </li>
        ))}
      </ul>
      {shown.length < alert.occurrences && (
        <div className={classes.more}>
          <Button size="small" disabled={isBusy} onClick={() => run()}>
            {t('alerts.older')}
          </Button>
          {refusal && (
            <Notice severity="error">
              {t('alerts.occurrencesProblem')}: {refusal.message}
            </Notice>
          )}
        </div>
      )}
    </Panel>
  );
};

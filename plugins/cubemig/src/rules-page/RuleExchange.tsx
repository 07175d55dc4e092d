import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { GuardedButton } from '../permit';
import { Notice } from '../problem';
import { saveFile } from '../text';
import { useWords } from '../translation';
import { ImportDialog } from './ImportDialog';

// A line of its own, below the buttons that stand after these.
const useStyles = makeStyles({ notice: { flexBasis: '100%', order: 1 } });

/** Brings rules from the original CubeMig, and back to it. */
export const RuleExchange = (props: {
  /** How many rules there are; undefined while that is not known. */
  total: number | undefined;
  /** Why rules cannot be added. */
  denial?: string;
  onImported(): void;
}) => {
  const { total = 0, denial, onImported } = props;
  const classes = useStyles();
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const [isImporting, setImporting] = useState(false);
  const [exported, setExported] = useState<number>();
  const save = useAction(
    useCallback(async () => {
      const written = await response.exportRules();
      const text = `${JSON.stringify(written, undefined, 2)}\n`;
      saveFile(new Blob([text], { type: 'application/json' }), 'config.json');
      setExported(written.config.length);
    }, [response]),
  );
  return (
    <>
      <GuardedButton
        size="small"
        denial={denial}
        onClick={() => setImporting(true)}
      >
        {t('rules.import')}
      </GuardedButton>
      <Button
        size="small"
        disabled={total === 0 || save.isBusy}
        onClick={() => save.run()}
      >
        {t('rules.export')}
      </Button>
      {exported !== undefined && (
        <Notice
          severity="info"
          className={classes.notice}
          onClose={() => setExported(undefined)}
        >
          {t('rules.exported', {
            exported: String(exported),
            total: String(total),
          })}
        </Notice>
      )}
      {save.refusal && (
        <Notice severity="error" className={classes.notice}>
          {save.refusal.message}
        </Notice>
      )}
      {isImporting && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onImported={() => {
            setImporting(false);
            onImported();
          }}
        />
      )}
    </>
  );
};

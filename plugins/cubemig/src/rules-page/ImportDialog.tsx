import { useApi } from '@backstage/frontend-plugin-api';
import { ChangeEvent, useCallback, useMemo, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import {
  ResponseMode,
  responseModes,
  RuleImport,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { FormDialog, WordField } from '../form';
import { ProblemNote } from '../problem';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { ImportPreview } from './ImportPreview';
import { LARGEST_CONFIG, readOriginalRules } from './readOriginalRules';

const useStyles = makeStyles({ file: { maxWidth: '100%' } });

/** Takes the original CubeMig's rules over: from its file or pasted, looked at before they are added. */
export const ImportDialog = (props: {
  onClose(): void;
  onImported(): void;
}) => {
  const { onClose, onImported } = props;
  const classes = useStyles();
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const [text, setText] = useState('');
  const [mode, setMode] = useState<ResponseMode>('dry-run');
  const read = useMemo(
    () => (text.trim() ? readOriginalRules(text) : undefined),
    [text],
  );
  const rules = read && 'rules' in read ? read.rules : [];
  const bring = useAction(
    useCallback((asked: RuleImport) => response.importRules(asked), [response]),
    onImported,
  );
  const readFile = useAction(
    useCallback(
      async (file: File) =>
        (await file.slice(0, LARGEST_CONFIG).text()).slice(0, LARGEST_CONFIG),
      [],
    ),
    setText,
  );
  return (
    <FormDialog
      title={t('rules.importTitle')}
      verb={t('rules.import')}
      isWhole={rules.length > 0}
      isBusy={bring.isBusy}
      refusal={bring.refusal}
      refusalTitle={t('rules.importRefused')}
      onSubmit={() => bring.run({ config: rules, mode })}
      onClose={onClose}
    >
      <input
        type="file"
        accept=".json,application/json"
        aria-label={t('rules.importFile')}
        className={classes.file}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const file = event.target.files?.[0];
          if (file) readFile.run(file);
        }}
      />
      <WordField
        label={t('rules.importText')}
        multiline
        minRows={4}
        maxRows={12}
        value={text}
        inputProps={{ maxLength: LARGEST_CONFIG, spellCheck: false }}
        onChange={setText}
      />
      {read && 'problem' in read && (
        <ProblemNote title={t('rules.importProblem')} message={read.problem} />
      )}
      {read && 'rules' in read && <ImportPreview rules={rules} />}
      <SelectFilter
        label={t('rules.mode')}
        value={mode}
        hasAll={false}
        options={responseModes.map(value => ({
          value,
          title: `${t(`rules.modes.${value}`)}: ${t(
            `rules.modeDetails.${value}`,
          )}`,
        }))}
        onChange={chosen => setMode(chosen as ResponseMode)}
      />
    </FormDialog>
  );
};

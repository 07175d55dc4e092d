import { useApi } from '@backstage/frontend-plugin-api';
import { ReactNode, useCallback } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import {
  severities,
  StoredReport,
  Verdict,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { HelpMark } from '../help';
import { StatusLabel, StatusTone } from '../status';
import { saveFile } from '../text';
import { useWords } from '../translation';
import { SeverityChip } from './findings';

const looks: Record<
  Verdict['verdict'],
  { tone: StatusTone; Icon: typeof ErrorIcon }
> = {
  clean: { tone: 'ok', Icon: CheckCircleIcon },
  suspicious: { tone: 'warning', Icon: WarningIcon },
  compromised: { tone: 'error', Icon: ErrorIcon },
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1, 3),
    padding: theme.spacing(2),
  },
  words: { flex: '1 1 280px', minWidth: 0 },
  verdict: { fontSize: '1.25rem', fontWeight: 600 },
  counts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(1),
  },
  aside: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** What the detectors make of a container, and its report as a file. */
export const VerdictHeader = (props: {
  stored: StoredReport;
  chooser: ReactNode;
}) => {
  const { stored, chooser } = props;
  const { migration, container, forensics, findings } = stored;
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const download = useAction(
    useCallback(
      async (format: 'json' | 'sarif') =>
        saveFile(
          await api.forensics.downloadReport({ migration, container }, format),
          `${container}-${migration}.${format}`,
        ),
      [api, migration, container],
    ),
  );
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        {forensics && (
          <>
            <Typography variant="h2" className={classes.verdict}>
              <StatusLabel {...looks[forensics.verdict]}>
                {t(`forensics.verdicts.${forensics.verdict}`)}
              </StatusLabel>{' '}
              <HelpMark topic="reports" title={t('migration.tabs.forensics')} />
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {t('forensics.score', { score: String(forensics.score) })}
              {' · '}
              {forensics.image}
            </Typography>
          </>
        )}
        <div className={classes.counts}>
          {[...severities]
            .reverse()
            .map(
              severity =>
                findings[severity] && (
                  <SeverityChip
                    key={severity}
                    severity={severity}
                    count={findings[severity]}
                  />
                ),
            )}
        </div>
      </div>
      <div
        className={classes.aside}
        role="group"
        aria-label={t('forensics.downloads')}
      >
        {chooser}
        {(['json', 'sarif'] as const).map(format => (
          <Button
            key={format}
            size="small"
            variant="outlined"
            disabled={download.isBusy}
            onClick={() => download.run(format)}
          >
            {t(
              format === 'json' ? 'forensics.saveJson' : 'forensics.saveSarif',
            )}
          </Button>
        ))}
      </div>
      {download.refusal?.message}
    </div>
  );
};

import { useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  cubemigForensicsRevealSecretsPermission,
  ReportKey,
} from '@cubemig/plugin-cubemig-common';
import { ConfirmDialog } from '../../confirm';
import { HelpLink } from '../../help';
import { GuardedButton, useDenial } from '../../permit';
import { useWords } from '../../translation';
import { useInquiry } from '../inquiry';

/** What reports hold in the place of a secret. */
const MASK = '******';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 260px) minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    alignItems: 'center',
    minHeight: 28,
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  name: { color: theme.palette.text.secondary },
  value: { margin: 0 },
}));

interface Variable {
  pid: number;
  name: string;
  value: string;
  of: ReportKey;
  /** Whose owners may see secrets. */
  entityRef: string | undefined;
}

/** One variable; a secret's value is shown on demand to who may see it. */
export const VariableLine = (props: Variable) => {
  const { name, value } = props;
  const classes = useStyles();
  const isMasked = value.includes(MASK);
  return (
    <div className={classes.line}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>
        {isMasked ? <Secret {...props} /> : value}
      </dd>
    </div>
  );
};

function Secret({ pid, name, value, of, entityRef }: Variable) {
  const t = useWords();
  const fieldId = useId();
  const denial = useDenial(cubemigForensicsRevealSecretsPermission, entityRef);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { reveal, forget, isBusy, result, problem } = useInquiry(of);
  if (result?.kind === 'variable') {
    return (
      <>
        {result.value}{' '}
        <Button size="small" onClick={forget}>
          {t('forensics.hide')}
        </Button>
      </>
    );
  }
  return (
    <>
      {value}{' '}
      <GuardedButton
        size="small"
        denial={denial}
        onClick={() => setAsking(true)}
      >
        {t('forensics.reveal')}
      </GuardedButton>
      {isAsking && (
        <ConfirmDialog
          title={t('forensics.revealTitle', { name })}
          verb={t('forensics.reveal')}
          isBusy={isBusy || reason.trim() === ''}
          refusal={problem ? { message: problem } : undefined}
          onConfirm={() => reveal({ pid, name, reason })}
          onClose={() => setAsking(false)}
        >
          <Typography variant="body2" paragraph>
            {t('forensics.revealDetail')} <HelpLink topic="trust" isAside />
          </Typography>
          <TextField
            id={fieldId}
            fullWidth
            required
            size="small"
            variant="outlined"
            label={t('forensics.revealReason')}
            value={reason}
            InputLabelProps={{ shrink: true }}
            inputProps={{ maxLength: 1000 }}
            onChange={event => setReason(event.target.value)}
          />
        </ConfirmDialog>
      )}
    </>
  );
}

import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import DownIcon from '@material-ui/icons/ArrowDownward';
import UpIcon from '@material-ui/icons/ArrowUpward';
import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { UserName } from '../migration';
import { GuardedButton } from '../permit';
import { Column, DataTable } from '../table';
import { RelativeTime } from '../time';
import { useWords, Words } from '../translation';
import { describeDeed, describeMatch } from './describeRule';

const useStyles = makeStyles(theme => ({
  lesser: { fontSize: '0.8125rem', color: theme.palette.textSubtle },
  actions: {
    display: 'flex',
    justifyContent: 'flex-end',
    alignItems: 'center',
    [theme.breakpoints.down('xs')]: { flexWrap: 'wrap' },
  },
}));

interface RuleTableProps {
  rules: ResponseRule[];
  /** Why rules cannot be changed by this user. */
  denial?: string;
  isBusy: boolean;
  onOrder(ids: string[]): void;
  onEdit(rule: ResponseRule): void;
  onRemove(rule: ResponseRule): void;
  onRevisions(rule: ResponseRule): void;
}

/** Each rule in a line, with what can be done with it. */
export const RuleTable = (props: RuleTableProps) => {
  const classes = useStyles();
  const t = useWords();
  const columns: Column<ResponseRule>[] = [
    {
      id: 'name',
      title: t('rules.name'),
      render: rule => (
        <>
          <strong>{rule.name}</strong>
          {rule.description && (
            <div className={classes.lesser}>{rule.description}</div>
          )}
        </>
      ),
    },
    {
      id: 'match',
      title: t('rules.match'),
      render: ({ match }) => describeMatch(match, t),
    },
    {
      id: 'does',
      title: t('rules.does'),
      render: rule => describeDeed(rule, t),
    },
    {
      id: 'mode',
      title: t('rules.mode'),
      render: ({ mode }) => t(`rules.modes.${mode}`),
    },
    {
      id: 'changed',
      title: t('rules.changed'),
      render: ({ updatedAt, updatedBy }) => (
        <span>
          <RelativeTime moment={updatedAt} /> <UserName entityRef={updatedBy} />
        </span>
      ),
    },
    {
      id: 'actions',
      title: t('common.actions'),
      isKept: true,
      isNumber: true,
      render: rule => (
        <div className={classes.actions}>
          {moves(rule, props, t)}
          <GuardedButton
            size="small"
            denial={props.denial}
            onClick={() => props.onEdit(rule)}
          >
            {t('rules.edit')}
          </GuardedButton>
          <Button size="small" onClick={() => props.onRevisions(rule)}>
            {t('rules.revisions')}
          </Button>
          <GuardedButton
            size="small"
            denial={props.denial}
            onClick={() => props.onRemove(rule)}
          >
            {t('rules.remove')}
          </GuardedButton>
        </div>
      ),
    },
  ];
  return (
    <DataTable
      label={t('rules.title')}
      items={props.rules}
      keyOf={({ id }) => id}
      columns={columns}
      foldBelow={1100}
    />
  );
};

/** Rules are asked from top to bottom: which comes first may matter. */
function moves(
  rule: ResponseRule,
  { rules, denial, isBusy, onOrder }: RuleTableProps,
  t: Words,
) {
  const ids = rules.map(({ id }) => id);
  const at = ids.indexOf(rule.id);
  const swap = (to: number) => {
    const next = [...ids];
    [next[at], next[to]] = [next[to], next[at]];
    onOrder(next);
  };
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('rules.up', { name: rule.name })}
        disabled={Boolean(denial) || isBusy || at === 0}
        onClick={() => swap(at - 1)}
      >
        <UpIcon fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={t('rules.down', { name: rule.name })}
        disabled={Boolean(denial) || isBusy || at === ids.length - 1}
        onClick={() => swap(at + 1)}
      >
        <DownIcon fontSize="small" />
      </IconButton>
    </>
  );
}

import { useMemo } from 'react';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import { Pod } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../page';
import { PodAction, PodStatus } from '../pods';
import { Column, DataTable, usePages } from '../table';
import { Age } from '../time';
import { useWords, Words } from '../translation';

const PAGE = 50;

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    justifyContent: 'flex-end',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
  lesser: { fontSize: '0.8125rem', color: theme.palette.textSubtle },
}));

interface PodListProps {
  pods: Pod[];
  /** Found in the names of those that are shown. */
  text?: string;
  /** Of the URL: which page is shown. */
  pageField: string;
  noMigrate?: string;
  noDelete?: string;
  onMigrate(pod: Pod): void;
  onDelete(pod: Pod): void;
}

/** A namespace's pods, by page; each can be migrated or deleted. */
export const PodList = (props: PodListProps) => {
  const { pods, text, pageField } = props;
  const t = useWords();
  const found = useMemo(
    () => (text ? pods.filter(({ name }) => name.includes(text)) : pods),
    [pods, text],
  );
  const { shown, pager } = usePages(found, PAGE, pageField);
  if (shown.length === 0) {
    return (
      <EmptyNote
        title={t(pods.length > 0 ? 'common.nothingFound' : 'clusters.noPods')}
      />
    );
  }
  return (
    <>
      <DataTable
        label={t('clusters.pod')}
        items={shown}
        keyOf={({ uid }) => uid}
        foldBelow={680}
        columns={columnsOf(props, t)}
      />
      {pager}
    </>
  );
};

function columnsOf(props: PodListProps, t: Words): Column<Pod>[] {
  return [
    {
      id: 'name',
      title: t('clusters.pod'),
      render: pod => <PodName pod={pod} />,
    },
    {
      id: 'status',
      title: t('common.status'),
      render: pod => <PodStatus pod={pod} />,
    },
    {
      id: 'restarts',
      title: t('clusters.restarts'),
      isNumber: true,
      render: ({ restarts }) => restarts,
    },
    {
      id: 'age',
      title: t('clusters.age'),
      isNumber: true,
      render: ({ createdAt }) => <Age since={createdAt} />,
    },
    {
      id: 'node',
      title: t('clusters.node'),
      render: ({ node }) => node ?? '–',
    },
    {
      id: 'actions',
      title: t('common.actions'),
      isKept: true,
      isNumber: true,
      render: pod => <Actions pod={pod} {...props} />,
    },
  ];
}

function PodName({ pod }: { pod: Pod }) {
  const classes = useStyles();
  const t = useWords();
  return (
    <>
      {pod.name}
      <div className={classes.lesser}>
        {pod.owner
          ? `${pod.owner.kind} ${pod.owner.name}`
          : t('clusters.barePod')}
        {pod.restoredBy &&
          `, ${t('clusters.from', { cluster: pod.restoredBy.sourceCluster })}`}
      </div>
    </>
  );
}

function Actions(
  props: { pod: Pod } & Omit<PodListProps, 'pods' | 'text' | 'pageField'>,
) {
  const { pod, noMigrate, noDelete, onMigrate, onDelete } = props;
  const classes = useStyles();
  const t = useWords();
  const word = t('clusters.deletePod', { pod: pod.name });
  return (
    <div className={classes.actions}>
      <PodAction
        pod={pod}
        activeMigrations={[]}
        denial={noMigrate}
        onMigrate={onMigrate}
        onFollow={() => {}}
      />
      <Tooltip title={noDelete ?? word}>
        <IconButton
          size="small"
          aria-label={noDelete ? `${word}: ${noDelete}` : word}
          aria-disabled={Boolean(noDelete)}
          onClick={() => !noDelete && onDelete(pod)}
        >
          <DeleteIcon fontSize="small" />
        </IconButton>
      </Tooltip>
    </div>
  );
}

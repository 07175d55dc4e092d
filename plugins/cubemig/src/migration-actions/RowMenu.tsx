import { useCallback, useId, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreVert';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { useNavigate } from 'react-router-dom';
import { usePaths } from '../page';
import { useWords } from '../translation';
import { ActionItem } from './ActionItem';
import { useDownload } from './useDownload';
import { useRestore } from './useRestore';
import { useRetry } from './useRetry';

/** What can be done with a migration, in the row of a table. */
export const RowMenu = ({ migration }: { migration: Migration }) => {
  const t = useWords();
  const id = useId();
  const [anchor, setAnchor] = useState<Element | null>(null);
  // Nobody is asked what is permitted for a menu that nobody opens; one that was opened keeps its dialog.
  const [isUsed, setUsed] = useState(false);
  const close = useCallback(() => setAnchor(null), []);
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('migration.menu', { pod: migration.source.pod })}
        aria-haspopup="menu"
        aria-controls={anchor ? id : undefined}
        aria-expanded={anchor !== null}
        onClick={event => {
          setUsed(true);
          setAnchor(event.currentTarget);
        }}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      {isUsed && (
        <Actions
          id={id}
          migration={migration}
          anchor={anchor}
          onClose={close}
        />
      )}
    </>
  );
};

function Actions(props: {
  id: string;
  migration: Migration;
  anchor: Element | null;
  onClose(): void;
}) {
  const { id, migration, anchor, onClose } = props;
  const t = useWords();
  const paths = usePaths();
  const navigate = useNavigate();
  const retry = useRetry(migration);
  const restore = useRestore(migration, onClose);
  const download = useDownload(migration, onClose);
  return (
    <>
      <Menu
        id={id}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        open={anchor !== null}
        onClose={onClose}
      >
        {paths && (
          <MenuItem
            dense
            onClick={() => navigate(paths.migration(migration.id))}
          >
            {t('migration.openPage')}
          </MenuItem>
        )}
        {retry.isPossible && (
          <ActionItem action={retry}>{t('migration.retry')}</ActionItem>
        )}
        {restore.isPossible && (
          <ActionItem action={restore}>{t('migration.restore')}</ActionItem>
        )}
        {download.isPossible && (
          <ActionItem action={download}>
            {t('migration.downloadAll')}
          </ActionItem>
        )}
      </Menu>
      {restore.dialog}
    </>
  );
}

import AutorenewIcon from '@material-ui/icons/Autorenew';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ScheduleIcon from '@material-ui/icons/Schedule';
import UndoIcon from '@material-ui/icons/Undo';
import { MigrationStatus } from '@cubemig/plugin-cubemig-common';
import { StatusLabel, StatusTone } from '../status';
import { useWords } from '../translation';

const looks: Record<
  MigrationStatus,
  { tone: StatusTone; Icon: typeof CancelIcon }
> = {
  queued: { tone: 'quiet', Icon: ScheduleIcon },
  running: { tone: 'running', Icon: AutorenewIcon },
  undoing: { tone: 'warning', Icon: UndoIcon },
  completed: { tone: 'ok', Icon: CheckCircleIcon },
  failed: { tone: 'error', Icon: CancelIcon },
  cancelled: { tone: 'quiet', Icon: CancelIcon },
};

export const MigrationStatusLabel = (props: { status: MigrationStatus }) => {
  const t = useWords();
  const { tone, Icon } = looks[props.status];
  return (
    <StatusLabel tone={tone} Icon={Icon}>
      {t(`migration.statuses.${props.status}`)}
    </StatusLabel>
  );
};

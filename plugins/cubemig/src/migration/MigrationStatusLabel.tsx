import AutorenewIcon from '@material-ui/icons/Autorenew';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ScheduleIcon from '@material-ui/icons/Schedule';
import UndoIcon from '@material-ui/icons/Undo';
import { MigrationStatus } from '@cubemig/plugin-cubemig-common';
import { StatusLabel, StatusTone } from '../status';

const looks: Record<
  MigrationStatus,
  { word: string; tone: StatusTone; Icon: typeof CancelIcon }
> = {
  queued: { word: 'Queued', tone: 'quiet', Icon: ScheduleIcon },
  running: { word: 'Running', tone: 'running', Icon: AutorenewIcon },
  undoing: { word: 'Undoing', tone: 'warning', Icon: UndoIcon },
  completed: { word: 'Completed', tone: 'ok', Icon: CheckCircleIcon },
  failed: { word: 'Failed', tone: 'error', Icon: CancelIcon },
  cancelled: { word: 'Cancelled', tone: 'quiet', Icon: CancelIcon },
};

export const MigrationStatusLabel = (props: { status: MigrationStatus }) => {
  const { word, tone, Icon } = looks[props.status];
  return (
    <StatusLabel tone={tone} Icon={Icon}>
      {word}
    </StatusLabel>
  );
};

import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DoneAllIcon from '@material-ui/icons/DoneAll';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import RemoveCircleIcon from '@material-ui/icons/RemoveCircleOutline';
import { Pod } from '@cubemig/plugin-cubemig-common';
import { StatusLabel, StatusTone } from '../status';
import { judgePod, PodHealth } from './podHealth';

const looks: Record<
  PodHealth,
  { tone: StatusTone; Icon: typeof CheckCircleIcon }
> = {
  ok: { tone: 'ok', Icon: CheckCircleIcon },
  pending: { tone: 'warning', Icon: HourglassIcon },
  failing: { tone: 'error', Icon: CancelIcon },
  stopping: { tone: 'quiet', Icon: RemoveCircleIcon },
  done: { tone: 'quiet', Icon: DoneAllIcon },
};

/** A pod's status as `kubectl get pods` words it. */
export const PodStatus = ({ pod }: { pod: Pick<Pod, 'status' | 'ready'> }) => {
  const { tone, Icon } = looks[judgePod(pod)];
  return (
    <StatusLabel tone={tone} Icon={Icon}>
      {pod.status}
    </StatusLabel>
  );
};

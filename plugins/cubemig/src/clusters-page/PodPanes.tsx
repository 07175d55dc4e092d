import { useNavigate } from 'react-router-dom';
import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Cluster,
  cubemigMigrationCreatePermission,
  cubemigPodDeletePermission,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import { MigrateDialog, Passenger } from '../migrate-dialog';
import { usePaths } from '../page';
import { useDenial } from '../permit';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { DeletePod } from './DeletePod';
import { PodPane } from './PodPane';

const useStyles = makeStyles(theme => ({
  title: {
    fontSize: '1.25rem',
    fontWeight: 600,
    marginBottom: theme.spacing(1),
  },
  panes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(2),
  },
}));

const sides = ['left', 'right'] as const;

/** The pods of two clusters, or of two namespaces, side by side. */
export const PodPanes = ({ clusters }: { clusters: Cluster[] }) => {
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const navigate = useNavigate();
  const [fields, setFields] = useUrlFields([
    'left',
    'right',
    'leftNamespace',
    'rightNamespace',
    'leftText',
    'rightText',
    'leftPage',
    'rightPage',
  ]);
  const [toMigrate, setToMigrate] = useState<Passenger>();
  const [toDelete, setToDelete] = useState<Pod>();
  const noMigrate = useDenial(cubemigMigrationCreatePermission);
  const noDelete = useDenial(cubemigPodDeletePermission);
  return (
    <section>
      <Typography variant="h2" className={classes.title}>
        {t('clusters.pods')}
      </Typography>
      <div className={classes.panes}>
        {sides.map((side, index) => (
          <PodPane
            key={side}
            label={t('clusters.podsOf', { side: t(`clusters.${side}`) })}
            clusters={clusters}
            cluster={fields[side] ?? (clusters[index] ?? clusters[0]).name}
            namespace={fields[`${side}Namespace`]}
            text={fields[`${side}Text`]}
            pageField={`${side}Page`}
            noMigrate={noMigrate}
            noDelete={noDelete}
            onCluster={cluster =>
              setFields({
                [side]: cluster,
                [`${side}Namespace`]: undefined,
                [`${side}Page`]: undefined,
              })
            }
            onNamespace={namespace =>
              setFields({
                [`${side}Namespace`]: namespace,
                [`${side}Page`]: undefined,
              })
            }
            onText={text =>
              setFields({
                [`${side}Text`]: text,
                [`${side}Page`]: undefined,
              })
            }
            onMigrate={setToMigrate}
            onDelete={setToDelete}
          />
        ))}
      </div>
      {toMigrate && (
        <MigrateDialog
          pod={toMigrate}
          clusters={clusters}
          onClose={() => setToMigrate(undefined)}
          onStarted={({ id }) => {
            setToMigrate(undefined);
            if (paths) navigate(paths.migration(id));
          }}
        />
      )}
      {toDelete && (
        <DeletePod pod={toDelete} onClose={() => setToDelete(undefined)} />
      )}
    </section>
  );
};

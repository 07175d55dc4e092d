import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ProcessNode, ReportKey } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { useWords } from '../../translation';
import { VariableLine } from './VariableLine';

/** More processes than that say nothing new. */
const MAX_PROCESSES = 100;

const useStyles = makeStyles(theme => ({
  process: { padding: theme.spacing(1.5, 2, 2) },
  title: { fontSize: '0.875rem', fontWeight: 600 },
  list: { margin: 0 },
}));

/** Each process's environment; what its parent has alike is not said twice. */
export const EnvironmentList = (props: {
  tree: ProcessNode | undefined;
  of: ReportKey;
  /** Whose owners may see secrets. */
  entityRef: string | undefined;
}) => {
  const { tree, of, entityRef } = props;
  const classes = useStyles();
  const t = useWords();
  const environments = useMemo(() => (tree ? collect(tree, {}) : []), [tree]);
  if (environments.length === 0) {
    return <EmptyNote title={t('forensics.noEnvironment')} />;
  }
  return (
    <>
      {environments.slice(0, MAX_PROCESSES).map(({ node, variables }) => (
        <div key={node.pid} className={classes.process}>
          <Typography variant="h3" className={classes.title}>
            {node.command} ({node.pid})
          </Typography>
          <dl className={classes.list}>
            {variables.map(([name, value]) => (
              <VariableLine
                key={name}
                pid={node.pid}
                name={name}
                value={value}
                of={of}
                entityRef={entityRef}
              />
            ))}
          </dl>
        </div>
      ))}
    </>
  );
};

interface Environment {
  node: ProcessNode;
  variables: [string, string][];
}

function collect(
  node: ProcessNode,
  inherited: Record<string, string>,
): Environment[] {
  const own = node.environment_variables ?? {};
  const variables = Object.entries(own).filter(
    ([name, value]) => inherited[name] !== value,
  );
  const below = (node.children ?? []).flatMap(child => collect(child, own));
  return variables.length > 0 ? [{ node, variables }, ...below] : below;
}

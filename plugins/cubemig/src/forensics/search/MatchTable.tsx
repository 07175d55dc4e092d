import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { InquiryResult } from '@cubemig/plugin-cubemig-common';
import { DataTable } from '../../table';
import { useWords } from '../../translation';

type Matches = Extract<InquiryResult, { kind: 'memory-search' }>;

const useStyles = makeStyles({
  text: {
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    overflowWrap: 'anywhere',
  },
});

/** Where in memory something was found. */
export const MatchTable = ({ result }: { result: Matches }) => {
  const classes = useStyles();
  const t = useWords();
  const { matches, isCut } = result;
  return (
    <>
      <Typography variant="body2" role="status">
        {matches.length === 0
          ? t('forensics.searchNone')
          : t('forensics.searchDone', { matches: String(matches.length) })}
        {isCut && ` ${t('forensics.searchCut')}`}
      </Typography>
      {matches.length > 0 && (
        <DataTable
          label={t('forensics.parts.search')}
          items={matches}
          keyOf={({ pid, address }) => `${pid}/${address}`}
          columns={[
            {
              id: 'process',
              title: t('forensics.process'),
              render: ({ command, pid }) => `${command} (${pid})`,
            },
            {
              id: 'address',
              title: t('forensics.address'),
              render: ({ address }) => (
                <span className={classes.text}>{address}</span>
              ),
            },
            {
              id: 'text',
              title: t('forensics.text'),
              render: ({ before, found, after }) => (
                <span className={classes.text}>
                  {before}
                  <mark>{found}</mark>
                  {after}
                </span>
              ),
            },
          ]}
        />
      )}
    </>
  );
};

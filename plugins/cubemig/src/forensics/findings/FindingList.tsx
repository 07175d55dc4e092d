import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { Finding, severities } from '@cubemig/plugin-cubemig-common';
import { EmptyNote } from '../../page';
import { useWords } from '../../translation';
import { EvidenceList } from './EvidenceList';
import { SeverityChip } from './SeverityChip';
import { techniqueUrl } from './techniqueUrl';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    padding: theme.spacing(2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    marginBottom: theme.spacing(0.5),
  },
  title: { fontSize: '1rem', fontWeight: 600, margin: 0 },
}));

/** A report's findings, the gravest first. */
export const FindingList = ({ findings }: { findings: Finding[] }) => {
  const classes = useStyles();
  const t = useWords();
  if (findings.length === 0) {
    return (
      <EmptyNote title={t('forensics.noFindings')}>
        {t('forensics.noFindingsDetail')}
      </EmptyNote>
    );
  }
  const sorted = [...findings].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
  );
  return (
    <ul className={classes.list}>
      {sorted.map((finding, index) => (
        // One detector may find several things.
        // eslint-disable-next-line react/no-array-index-key
        <li key={`${finding.id}/${index}`} className={classes.item}>
          <div className={classes.head}>
            <SeverityChip severity={finding.severity} />
            <Typography variant="h3" className={classes.title}>
              {finding.title}
            </Typography>
            <Link to={techniqueUrl(finding.technique.id)}>
              {finding.technique.id} {finding.technique.name}
            </Link>
          </div>
          <Typography variant="body2">{finding.explanation}</Typography>
          <Typography variant="body2">
            <strong>{t('forensics.remedy')}</strong> {finding.remedy}
          </Typography>
          <EvidenceList evidence={finding.evidence} />
        </li>
      ))}
    </ul>
  );
};

import { MarkdownContent } from '@backstage/core-components';
import { useEffect, useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useLocation } from 'react-router-dom';
import { usePaths } from '../page';
import { useWords } from '../translation';
import { DocName } from './docNames';
import { DocNavigation } from './DocNavigation';
import { findPlace } from './findPlace';
import { Doc, resolveLink } from './prepareDoc';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '220px minmax(0, 100ch)',
    alignItems: 'start',
    gap: theme.spacing(4),
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
  },
  text: {
    minWidth: 0,
    fontSize: '0.9375rem',
    lineHeight: 1.6,
    overflowWrap: 'anywhere',
    '& h2': { margin: theme.spacing(0, 0, 2), fontSize: '1.75rem' },
    '& h3': { margin: theme.spacing(4, 0, 1), fontSize: '1.25rem' },
    '& h4, & h5': { margin: theme.spacing(3, 0, 1), fontSize: '1rem' },
    // Within text, colour alone does not tell a link.
    '& a': { textDecoration: 'underline' },
    // Nothing scrolls sideways by itself, as that takes a mouse: code wraps, and on phones cells stand below each other.
    '& pre, & pre code': {
      whiteSpace: 'pre-wrap !important',
      overflowWrap: 'anywhere',
    },
    '& th': { textAlign: 'left' },
    '& td': {
      padding: theme.spacing(1),
      lineHeight: 1.5,
      verticalAlign: 'top',
      border: `1px solid ${theme.palette.divider}`,
    },
    [theme.breakpoints.down('xs')]: {
      '& table, & tbody, & tr, & td': { display: 'block' },
      '& thead': { display: 'none' },
      '& tr': {
        padding: theme.spacing(0.5, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& td': { padding: theme.spacing(0.5, 1), border: 'none' },
    },
    '& code': { fontSize: '0.875em', overflowWrap: 'anywhere' },
    '& [data-sought]': { scrollMarginTop: theme.spacing(2) },
    '& tr[data-sought]': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  foot: { marginTop: theme.spacing(4), color: theme.palette.textSubtle },
}));

/** A page of the docs beside the way to the others, scrolled to what the URL names. */
export const DocContent = (props: { name: DocName; doc: Doc }) => {
  const { name, doc } = props;
  const classes = useStyles();
  const t = useWords();
  const base = usePaths()?.docs() ?? '';
  const text = useRef<HTMLDivElement>(null);
  const { hash, search, key } = useLocation();

  useEffect(() => {
    const place = findPlace(text.current!, {
      anchor: decodeURIComponent(hash.slice(1)),
      code: new URLSearchParams(search).get('code') ?? undefined,
    });
    if (!place) return undefined;
    place.setAttribute('data-sought', '');
    // Whoever reads by keyboard or by ear goes on from there.
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    // A row is read with those around it.
    const block = place.tagName === 'TR' ? 'center' : 'start';
    place.scrollIntoView?.({ block });
    return () => place.removeAttribute('data-sought');
    // The key changes when somebody follows the same link again.
  }, [hash, search, key, doc]);

  return (
    <div className={classes.root}>
      <DocNavigation current={name} sections={doc.sections} />
      <div ref={text}>
        <MarkdownContent
          className={classes.text}
          content={doc.markdown}
          transformLinkUri={href => resolveLink(href, base, name)}
        />
        <Typography variant="body2" className={classes.foot}>
          {t('docs.elsewhere')}
        </Typography>
      </div>
    </div>
  );
};

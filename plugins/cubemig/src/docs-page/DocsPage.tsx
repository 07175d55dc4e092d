import { Link } from '@backstage/core-components';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { EmptyNote, Loaded, PageBody, usePaths } from '../page';
import { useWords } from '../translation';
import { DocContent } from './DocContent';
import { DocName, isDocName } from './docNames';
import { docUrls } from './docUrls';
import { prepareDoc } from './prepareDoc';

/** The docs, within the app. */
export const DocsPage = () => {
  const { name = 'index' } = useParams();
  const t = useWords();
  const paths = usePaths();
  return (
    <PageBody label={t('docs.title')}>
      {isDocName(name) ? (
        <Page key={name} name={name} />
      ) : (
        <EmptyNote
          title={t('docs.unknown', { name })}
          action={
            paths && <Link to={paths.docs('index')}>{t('docs.all')}</Link>
          }
        />
      )}
    </PageBody>
  );
};

function Page({ name }: { name: DocName }) {
  const t = useWords();
  const { fetch } = useApi(fetchApiRef);
  const { value, error, loading, retry } = useAsyncRetry(async () => {
    const answer = await fetch(docUrls[name]);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return prepareDoc(await answer.text());
  }, [fetch, name]);
  return (
    <Loaded
      polled={{
        value,
        error,
        isLoading: loading,
        isStale: false,
        refresh: retry,
      }}
      problem={t('docs.problem')}
      height={480}
    >
      {doc => <DocContent name={name} doc={doc} />}
    </Loaded>
  );
}

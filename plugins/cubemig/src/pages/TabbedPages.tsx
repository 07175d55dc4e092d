import {
  BreadcrumbEntry,
  IconElement,
  NotFoundErrorPage,
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ReactElement } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { useWords } from '../translation';

/** By the extension's id. */
const words = {
  'sub-page:cubemig/security': 'alerts.dashboard',
  'sub-page:cubemig/migrations': 'migration.listTitle',
  'sub-page:cubemig/clusters': 'clusters.title',
  'sub-page:cubemig/rules': 'rules.title',
  'sub-page:cubemig/logs': 'logs.title',
  'sub-page:cubemig/simulation': 'simulation.title',
  'sub-page:cubemig/docs': 'docs.title',
} as const;

interface TabbedPage {
  id: string;
  path: string;
  title?: string;
  /** Config has given it another title, which stands. */
  isRenamed: boolean;
  element: ReactElement;
}

/** Pages as tabs below one header, their titles in the reader's language. */
export const TabbedPages = (props: {
  pluginId: string;
  title: string;
  icon?: IconElement;
  pages: TabbedPage[];
}) => {
  const { pluginId, title, icon } = props;
  const t = useWords();
  const titleLink = useRouteRef(rootRouteRef)();
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions(pluginId);
  const pages = props.pages.map(page => {
    const word = words[page.id as keyof typeof words];
    const translated = word && !page.isRenamed ? t(word) : page.title;
    return { ...page, label: translated ?? page.path };
  });
  const [first] = pages;
  return (
    <PageLayout
      title={title}
      icon={icon}
      titleLink={titleLink}
      headerActions={headerActions}
      tabs={pages.map(({ path, label }) => ({ id: path, label, href: path }))}
    >
      <Routes>
        {first && (
          <Route index element={<Navigate to={first.path} replace />} />
        )}
        {pages.map(({ path, label, element }) => (
          <Route
            key={path}
            path={`${path}/*`}
            element={
              <BreadcrumbEntry entry={{ label, href: path }}>
                {element}
              </BreadcrumbEntry>
            }
          />
        ))}
        <Route path="*" element={<NotFoundErrorPage />} />
      </Routes>
    </PageLayout>
  );
};

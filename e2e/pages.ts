import { Locator, Page } from '@playwright/test';
import { sendAlert } from './alerts';
import { findApp } from './clusters';
import { migrateByApi } from './migrations';

/** A page of CubeMig, with something to see on it. */
export interface Shown {
  path: string;
  /** Seen as soon as the page has its data. */
  landmark(page: Page): Locator;
}

export const pageNames = [
  'dashboard',
  'alert',
  'migrations',
  'migration',
  'report',
  'clusters',
  'rules',
  'logs',
  'simulation',
  'tab',
] as const;
export type PageName = (typeof pageNames)[number];

const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { name, exact: true });
const table = (name: string) => (page: Page) =>
  page.getByRole('table', { name, exact: true });

/** Migrates a pod of two containers and lets Falco cry over it, so that no page is empty. */
export async function fillPages(): Promise<Record<PageName, Shown>> {
  const { name, here, there } = await findApp('duo');
  const { id } = await migrateByApi(name, { from: here.name, to: there.name });
  const alert = await sendAlert(there.name, name, {
    rule: 'Read sensitive file untrusted',
    priority: 'Warning',
  });
  return {
    dashboard: { path: '/cubemig/security', landmark: table('Alerts') },
    alert: {
      path: `/cubemig/security/alerts/${alert.id}`,
      landmark: heading('What was decided'),
    },
    migrations: { path: '/cubemig/migrations', landmark: table('Migrations') },
    migration: {
      path: `/cubemig/migrations/${id}`,
      landmark: page => page.getByRole('list', { name: 'Steps' }),
    },
    report: {
      path: `/cubemig/migrations/${id}?tab=forensics`,
      landmark: page => page.getByRole('tab', { name: 'Processes' }),
    },
    clusters: {
      path: '/cubemig/clusters',
      landmark: page => table('Pod')(page).first(),
    },
    rules: { path: '/cubemig/rules', landmark: table('Response rules') },
    logs: {
      path: '/cubemig/logs',
      landmark: page => page.getByText('Deployment duo').first(),
    },
    simulation: {
      path: '/cubemig/simulation',
      landmark: page => page.getByLabel('Attack'),
    },
    tab: {
      path: '/catalog/default/component/duo/migrations',
      landmark: heading('cluster2'),
    },
  };
}

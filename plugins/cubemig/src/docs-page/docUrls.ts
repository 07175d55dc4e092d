/// <reference types="@backstage/cli/asset-types" />
import alerts from '@cubemig/docs/alerts.md';
import api from '@cubemig/docs/api.md';
import comingFromTheOriginal from '@cubemig/docs/coming-from-the-original.md';
import firstRun from '@cubemig/docs/first-run.md';
import index from '@cubemig/docs/index.md';
import install from '@cubemig/docs/install.md';
import lab from '@cubemig/docs/lab.md';
import migration from '@cubemig/docs/migration.md';
import operate from '@cubemig/docs/operate.md';
import performance from '@cubemig/docs/performance.md';
import reliability from '@cubemig/docs/reliability.md';
import threatModel from '@cubemig/docs/threat-model.md';
import troubleshooting from '@cubemig/docs/troubleshooting.md';
import use from '@cubemig/docs/use.md';
import { DocName } from './docNames';

/** Where the app's server has each page: they are fetched as they are read. */
export const docUrls: Record<DocName, string> = {
  index,
  use,
  'first-run': firstRun,
  migration,
  troubleshooting,
  alerts,
  install,
  operate,
  'threat-model': threatModel,
  api,
  lab,
  reliability,
  performance,
  'coming-from-the-original': comingFromTheOriginal,
};

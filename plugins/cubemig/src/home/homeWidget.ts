import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { homeCard } from './homeCard';

/** The card for the page that `@backstage/plugin-home` makes. */
export const homeWidget = HomePageWidgetBlueprint.make({
  name: 'overview',
  params: homeCard,
});

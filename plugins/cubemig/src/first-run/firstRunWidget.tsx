import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { ComponentType } from 'react';

/** The guide on the home page, without a card around it: where nobody is guided, nothing is seen. To be enabled by config. */
export const firstRunWidget = HomePageWidgetBlueprint.make({
  name: 'first-run',
  disabled: true,
  params: {
    name: 'CubemigFirstRun',
    title: 'CubeMig: the first run',
    components: async () => {
      const { FirstRun } = await import('./FirstRun');
      const Renderer = ({ Content }: { Content: ComponentType }) => <Content />;
      return { Content: () => <FirstRun />, Renderer };
    },
  },
});

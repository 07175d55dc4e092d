import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/** Offers the guest user; production setups replace it by their own provider. */
export const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { SignInPage } = await import('@backstage/core-components');
      return props => (
        <SignInPage
          {...props}
          title="Sign in to see your services and move their pods"
          align="center"
          providers={['guest']}
        />
      );
    },
  },
});

import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderHook, waitFor } from '@testing-library/react';
import { useDenial } from './useDenial';

describe('useDenial', () => {
  it('names the permission that is missing', async () => {
    const authorize = jest.fn(async () => ({ result: AuthorizeResult.DENY }));
    const { result } = renderHook(
      () => useDenial('component:default/counter'),
      {
        wrapper: ({ children }) => (
          <TestApiProvider
            apis={[[permissionApiRef, { authorize }], mockApis.identity()]}
          >
            {children}
          </TestApiProvider>
        ),
      },
    );
    await waitFor(() =>
      expect(result.current).toContain('cubemig.migration.create'),
    );
  });
});

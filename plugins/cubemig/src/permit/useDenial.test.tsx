import {
  cubemigMigrationCreatePermission,
  cubemigRuleWritePermission,
} from '@cubemig/plugin-cubemig-common';
import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { useDenial } from './useDenial';

const Denials = () => {
  const create = cubemigMigrationCreatePermission;
  return (
    <>
      <p>{useDenial(create, 'component:default/shop') ?? 'its pods'}</p>
      <p>{useDenial(create) ?? 'any pods'}</p>
      <p>{useDenial(cubemigRuleWritePermission) ?? 'rules'}</p>
    </>
  );
};

describe('useDenial', () => {
  it('names the permission that is missing, and tries what cannot be asked', async () => {
    renderPage(<Denials />, () => undefined, { isAllowed: false });
    expect(
      await screen.findByText(/cubemig\.migration\.create/),
    ).toBeInTheDocument();
    expect(await screen.findByText(/cubemig\.rule\.write/)).toBeInTheDocument();
    expect(await screen.findByText('any pods')).toBeInTheDocument();
  });

  it('says nothing to who may', async () => {
    renderPage(<Denials />, () => undefined);
    expect(await screen.findByText('its pods')).toBeInTheDocument();
    expect(await screen.findByText('rules')).toBeInTheDocument();
  });
});

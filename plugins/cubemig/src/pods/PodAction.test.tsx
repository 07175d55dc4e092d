import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aMigration, aPod } from '../__testUtils__';
import { renderPage } from '../__testUtils__/renderPage';
import { PodAction } from './PodAction';

async function renderAction(
  props: Partial<Parameters<typeof PodAction>[0]> = {},
) {
  const onMigrate = jest.fn();
  const onFollow = jest.fn();
  renderPage(
    <PodAction
      pod={aPod()}
      activeMigrations={[]}
      onMigrate={onMigrate}
      onFollow={onFollow}
      {...props}
    />,
    () => undefined,
  );
  return { button: await screen.findByRole('button'), onMigrate, onFollow };
}

describe('PodAction', () => {
  it('migrates', async () => {
    const { button, onMigrate } = await renderAction();
    await userEvent.click(button);
    expect(onMigrate).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'counter-7d9f8b6c5d-x2x9p' }),
    );
  });

  it('says why this user may not migrate, and does not', async () => {
    const { button, onMigrate } = await renderAction({
      denial: 'You may not.',
    });
    expect(button).toHaveAccessibleName(/You may not\./);
    await userEvent.click(button);
    expect(onMigrate).not.toHaveBeenCalled();
  });

  it('leads to the migration that is under way', async () => {
    const migration = aMigration({ status: 'running' });
    const { button, onFollow } = await renderAction({
      activeMigrations: [migration],
    });
    expect(button).toHaveTextContent('Follow');
    await userEvent.click(button);
    expect(onFollow).toHaveBeenCalledWith(migration);
  });

  it('does not take a new pod of the same name for the one that moves', async () => {
    const { button } = await renderAction({
      pod: aPod({ uid: 'another' }),
      activeMigrations: [aMigration({ status: 'running' })],
    });
    expect(button).toHaveTextContent('Migrate');
  });
});

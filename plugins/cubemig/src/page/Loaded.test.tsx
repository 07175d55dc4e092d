import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { Polled } from '../polling';
import { Loaded } from './Loaded';

const show = (polled: Partial<Polled<string>>) =>
  renderPage(
    <Loaded
      problem="It could not be read"
      polled={{
        isLoading: false,
        isStale: false,
        refresh: () => {},
        ...polled,
      }}
    >
      {value => <p>{value}</p>}
    </Loaded>,
    () => undefined,
  );

describe('Loaded', () => {
  it('goes on showing what it has while newer answers do not come, and says so', async () => {
    show({
      value: 'the pods',
      isStale: true,
      updatedAt: new Date(Date.now() - 90_000),
      error: new Error('gone'),
    });
    expect(await screen.findByText('the pods')).toBeInTheDocument();
    expect(screen.getByText(/Not updated for 1 min/)).toBeInTheDocument();
  });

  it('says nothing of what is fresh', async () => {
    show({ value: 'the pods', updatedAt: new Date() });
    expect(await screen.findByText('the pods')).toBeInTheDocument();
    expect(screen.queryByText(/Not updated/)).not.toBeInTheDocument();
  });

  it('says why nothing came', async () => {
    show({ error: new Error('the database is away') });
    expect(await screen.findByText('It could not be read')).toBeInTheDocument();
    expect(screen.getByText('the database is away')).toBeInTheDocument();
  });
});

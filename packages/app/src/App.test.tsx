import { render, screen } from '@testing-library/react';

const config = {
  app: { title: 'CubeMig', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
};

// Loading a whole Backstage takes its time.
describe('App', () => {
  it('starts, and offers the guest user', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [{ data: config, context: 'test' }] as any,
    };
    const { default: app } = await import('./App');
    render(app.createRoot());
    expect(
      await screen.findByText(/Sign in to see your services/),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Enter' })).toBeEnabled();
  });
});

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { renderPage } from '../__testUtils__/renderPage';
import { usePages } from './usePages';

const Lists = () => {
  const left = usePages(['a', 'b', 'c'], 2, 'leftPage');
  const right = usePages(['x', 'y', 'z'], 2);
  return (
    <>
      <p>{left.shown.join()}</p>
      {left.pager}
      <p>{right.shown.join()}</p>
      {right.pager}
      <p>{useLocation().search}</p>
    </>
  );
};
const show = (at: string) => renderPage(<Lists />, () => undefined, { at });
const turn = (name: string, list: number) =>
  userEvent.click(screen.getAllByRole('button', { name })[list]);

describe('usePages', () => {
  it('begins where the URL says, and turns each list by itself', async () => {
    show('/?leftPage=2&kept=1');
    expect(await screen.findByText('c')).toBeInTheDocument();
    expect(screen.getByText('3–3 of 3')).toBeInTheDocument();
    await turn('Next page', 1);
    expect(screen.getByText('z')).toBeInTheDocument();
    expect(screen.getByText('?leftPage=2&kept=1&page=2')).toBeInTheDocument();
    await turn('Previous page', 0);
    expect(screen.getByText('a,b')).toBeInTheDocument();
    expect(screen.getByText('?kept=1&page=2')).toBeInTheDocument();
  });

  it('shows the last page instead of one that there is not, or no longer', async () => {
    show('/?leftPage=9&page=nonsense');
    expect(await screen.findByText('c')).toBeInTheDocument();
    expect(screen.getByText('x,y')).toBeInTheDocument();
  });
});

import { render } from '@testing-library/react';
import { Marked } from './Marked';

describe('Marked', () => {
  it('shows as code what stands between backticks, and nothing else', () => {
    const { container } = render(
      <Marked text="Nodes need `tcp-close` and <b>`skip`</b>; a ` alone stays" />,
    );
    expect(container.innerHTML).toBe(
      'Nodes need <code>tcp-close</code> and &lt;b&gt;<code>skip</code>&lt;/b&gt;; a ` alone stays',
    );
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answer, aPod, cluster1, cluster2 } from '../__testUtils__';
import { renderPage } from '../__testUtils__/renderPage';
import { ClustersPage } from './ClustersPage';

const node = {
  cluster: 'cluster1',
  name: 'node1',
  ready: true,
  schedulable: true,
  architecture: 'amd64',
  kernelVersion: '6.1.0',
  kubeletVersion: 'v1.36.2',
  containerRuntimeVersion: 'containerd://1.7.0',
  obstacle: {
    code: 'runtime-too-old',
    message: 'containerd 1.7.0 takes no checkpoints.',
    remedy: 'Upgrade it to containerd 2.0.',
  },
};

function world(podCount: number) {
  const deleted: string[] = [];
  const answer: Answer = ({ method, path, query }) => {
    if (method === 'DELETE') {
      deleted.push(`${path}?${query}`);
      return {};
    }
    if (path === '/clusters') return { items: [cluster1, cluster2] };
    if (path.endsWith('/nodes')) return { items: [node] };
    if (path.endsWith('/namespaces')) {
      return { items: [{ cluster: 'cluster1', name: 'demo' }] };
    }
    return {
      items: path.startsWith('/clusters/cluster1/')
        ? Array.from({ length: podCount }, (_, i) =>
            aPod({ name: `pod-${i}`, uid: `uid-${i}` }),
          )
        : [],
    };
  };
  return { answer, deleted };
}

describe('the page of clusters', () => {
  it('says why a node takes no checkpoints, and deletes a pod after asking', async () => {
    const { answer, deleted } = world(1);
    renderPage(<ClustersPage />, answer);
    const [nodes] = await screen.findAllByRole('table', { name: 'Nodes' });
    expect(nodes).toHaveTextContent(
      'containerd 1.7.0 takes no checkpoints.Upgrade it to containerd 2.0.',
    );
    const left = screen.getByRole('region', { name: 'Pods, left' });
    await userEvent.click(
      await within(left).findByRole('button', { name: 'Delete pod-0' }),
    );
    expect(deleted).toEqual([]);
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Delete',
      }),
    );
    await waitFor(() =>
      expect(deleted).toEqual([
        '/clusters/cluster1/namespaces/demo/pods/pod-0?uid=uid-0',
      ]),
    );
    const right = screen.getByRole('region', { name: 'Pods, right' });
    expect(await within(right).findByText('No pods here')).toBeInTheDocument();
  });

  it('shows ten thousand pods by page, and finds one of them', async () => {
    renderPage(<ClustersPage />, world(10_000).answer);
    const left = await screen.findByRole('region', { name: 'Pods, left' });
    expect(await within(left).findByText('pod-49')).toBeInTheDocument();
    expect(within(left).queryByText('pod-50')).not.toBeInTheDocument();
    await userEvent.type(within(left).getByLabelText('Find a pod'), 'pod-9999');
    expect(await within(left).findByText('pod-9999')).toBeInTheDocument();
    expect(within(left).queryByText('pod-49')).not.toBeInTheDocument();
  });
});

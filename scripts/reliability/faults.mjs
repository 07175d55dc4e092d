/** Faults that come and go, or strike once: each migration may fail of one, and then must be undone. */
const faults = [
  { fault: 'watch-dropped', cluster: 'cluster1' },
  { fault: 'watch-dropped', cluster: 'cluster2' },
  { fault: 'watch-expired', cluster: 'cluster2' },
  { fault: 'log-cut', cluster: 'cluster1' },
  { fault: 'pull-slow', cluster: 'cluster2', seconds: 2 },
  { fault: 'registry-slow', seconds: 1 },
  { fault: 'registry-cuts', times: 1 },
  { fault: 'restore-fails', cluster: 'cluster2', times: 1 },
  { fault: 'checkpoint-fails', cluster: 'cluster1', times: 1 },
  { fault: 'checkpoint-restarts-source', cluster: 'cluster1', times: 1 },
];

export function chooseFault() {
  return faults[Math.floor(Math.random() * faults.length)];
}

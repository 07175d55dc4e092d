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

/** Faults that end every migration if they last, and cost none if they pass. */
const outages = [
  { fault: 'api-unreachable', cluster: 'cluster1' },
  { fault: 'api-unreachable', cluster: 'cluster2' },
  { fault: 'kubelet-unreachable', cluster: 'cluster1' },
];

/** One that may stay for the whole of a migration. */
export function chooseFault() {
  return pick(faults);
}

/** One that must be mended within a minute. */
export function chooseShortFault() {
  return pick([...faults, ...outages]);
}

function pick(items) {
  return items[Math.floor(Math.random() * items.length)];
}

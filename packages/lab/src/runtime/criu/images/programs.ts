/** As the emulated counter: `count N` once a second, the number also in /tmp/count. */
export const counterScript = `#!/bin/sh
trap 'exit 143' TERM
i=0
milliseconds=\${COUNTER_INTERVAL_MS:-1000}
while true; do
  echo $i > /tmp/count
  echo "count $i"
  if [ "$i" = "\${COUNT_TO:-}" ]; then exit 0; fi
  sleep $((milliseconds / 1000)).$(printf %03d $((milliseconds % 1000)))
  i=$((i + 1))
done
`;

/** The emulated key-value store's stand-in: redis itself, told its port in the same way. */
export const keyValueScript = `#!/bin/sh
exec redis-server --protected-mode no --save '' --port "\${KV_PORT:-6379}"
`;

/** Three children that count on their own, every CHILD_INTERVAL_SECONDS (1), and a parent that waits for them. */
export const processTreeScript = `#!/bin/sh
trap 'exit 143' TERM
for child in 1 2 3; do
  sh -c '
    i=0
    while true; do
      echo "child $0 count $i"
      sleep "\${CHILD_INTERVAL_SECONDS:-1}"
      i=$((i + 1))
    done
  ' $child &
done
while true; do wait; done
`;

/**
 * A heap of HEAP_MB MiB (256), a third of it noise as memory of real programs is, and two open files. Says the heap's SHA-256 at the
 * start and with every beat, so that a copy can be compared with its source.
 */
export const pythonHeapScript = `#!/usr/bin/python3
import hashlib, os, signal, sys, time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
chunk = os.urandom(1 << 20)
text = (b'CubeMig moves memory. ' * (1 << 16))[: 1 << 20]
size = int(os.environ.get('HEAP_MB', '256'))
heap = bytearray(b''.join(chunk if i % 3 == 0 else text for i in range(size)))
interval = int(os.environ.get('BEAT_INTERVAL_MS', '1000')) / 1000
journal = open('/tmp/journal', 'w')
source = open(__file__)

beat = 0
while True:
    print(f'beat {beat} heap {hashlib.sha256(heap).hexdigest()}', flush=True)
    journal.write(f'{beat}\\n')
    journal.flush()
    time.sleep(interval)
    beat += 1
`;

/** Its workers stay root: CRIU can dump processes of other users only where it has CAP_SYS_RESOURCE. */
export const nginxSettings = `user root;
daemon off;
worker_processes 2;
error_log stderr;
pid /tmp/nginx.pid;
events {}
http {
  access_log off;
  server {
    listen 80;
    root /var/www/html;
  }
}
`;

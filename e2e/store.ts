import { createClient } from '@redis/client';

function storeAt(host: string) {
  return createClient({ socket: { host, port: 6379 } });
}

/** Opens a connection to a pod's key-value store, lets `use` work with it and closes it. */
export async function withStore(
  host: string,
  use: (store: ReturnType<typeof storeAt>) => Promise<void>,
) {
  const store = storeAt(host);
  await store.connect();
  try {
    await use(store);
  } finally {
    store.destroy();
  }
}

import { promises as fs } from 'node:fs';
import { userdataPath } from '../../archive/containerMounts';
import type { Sandbox } from '../../ContainerRuntime';
import type { NodeNamespaces } from './NodeNamespaces';

const shareNetwork = `
  mkdir -p /run/crio/ns/netns
  touch /run/crio/ns/netns/$1
  mount --bind /proc/self/ns/net /run/crio/ns/netns/$1
`;

// The peer goes into the network of process 1, which is the node's.
const makeNetwork = `
  mkdir -p /run/crio/ns/netns
  touch /run/crio/ns/netns/$1
  unshare --net=/run/crio/ns/netns/$1 true
  nsenter --net=/run/crio/ns/netns/$1 ip -batch - <<COMMANDS
    link set lo up
    link add eth0 type veth peer name $5 netns /proc/1/ns/net
    address add $3/24 dev eth0
    link set eth0 up
    route add default via $4
COMMANDS
  ip link set $5 master cni0 up
`;

const pinNamespaces = `
  mkdir -p /run/crio/ns/ipcns /run/crio/ns/utsns
  touch /run/crio/ns/ipcns/$1 /run/crio/ns/utsns/$1
  unshare --ipc=/run/crio/ns/ipcns/$1 --uts=/run/crio/ns/utsns/$1 hostname "$2"
`;

/**
 * Makes what the containers of a pod share, at the paths where CRI-O keeps it and `spec.dump` names it: namespaces of network, IPC
 * and hostname, /dev/shm and some files.
 */
export async function openSandbox(
  node: NodeNamespaces,
  sandbox: Sandbox,
): Promise<void> {
  const { podUid, hostname, hostAddress } = sandbox.spec;
  await node.script(
    hostAddress ? shareNetwork + pinNamespaces : makeNetwork + pinNamespaces,
    [
      podUid,
      hostname,
      sandbox.address,
      node.gateway,
      `veth${sandbox.id.slice(0, 8)}`,
    ],
    { whatFailed: `failed to create pod network sandbox ${sandbox.id}` },
  );
  await writeFiles(node, sandbox);
}

/** Undoes {@link openSandbox}; the sandbox's containers are gone by then. The kernel removes a network with its last user. */
export async function closeSandbox(
  node: NodeNamespaces,
  { id, spec }: Sandbox,
): Promise<void> {
  await node.script(
    `for kind in netns ipcns utsns; do
       umount /run/crio/ns/$kind/$1
       rm /run/crio/ns/$kind/$1
     done
     rm -r "$2"`,
    [spec.podUid, userdataPath(id)],
  );
}

async function writeFiles(node: NodeNamespaces, { id, spec }: Sandbox) {
  const userdata = node.machinePathOf(userdataPath(id));
  await fs.mkdir(`${userdata}/shm`, { recursive: true });
  await fs.chmod(`${userdata}/shm`, 0o1777);
  await fs.writeFile(`${userdata}/hostname`, `${spec.hostname}\n`);
  await fs.writeFile(`${userdata}/resolv.conf`, '');
  await fs.writeFile(`${userdata}/.containerenv`, '');
}

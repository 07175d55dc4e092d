# The first process of a node's namespaces: makes the Debian root its own, then waits for its standard input to end.
# When it ends, the kernel kills what runs in the namespaces and takes down their mounts and interfaces.
# Usage: sh holdNode.sh <Debian root> <folder for containers>
set -eu
root=$1
storage=$2

mount --bind "$root" "$root"
cd "$root"
# Volumes of pods lie anywhere on the machine.
mount --rbind / host
for folder in proc sys dev; do umount --recursive --lazy "host/$folder" 2> /dev/null || true; done
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  # A group with processes of its own cannot give controllers to groups below it.
  mkdir sys/fs/cgroup/node
  echo 1 > sys/fs/cgroup/node/cgroup.procs
  groups=/sys/fs/cgroup/node
  unmanaged=
else
  mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
  groups=
  while IFS=: read -r _ controllers _; do
    [ -n "$controllers" ] || continue
    folder=sys/fs/cgroup/${controllers#name=}
    mkdir "$folder"
    case $controllers in
      name=*) mount -t cgroup -o "none,$controllers" cgroup "$folder" ;;
      *) mount -t cgroup -o "$controllers" cgroup "$folder" ;;
    esac
    groups="$groups /$folder"
  done < /proc/self/cgroup
  # crun uses one version only and must not see the other.
  mkdir run/cgroup2
  mount -t cgroup2 cgroup2 run/cgroup2
  groups="$groups /run/cgroup2"
  unmanaged=/run/cgroup2
fi
mount --rbind /dev dev
mount -t tmpfs tmpfs tmp
mount --bind "$storage" var/lib/containers/storage

mkdir run/old
pivot_root . run/old
cd /
umount --lazy /run/old
rmdir /run/old

ip link set lo up
ip link add cni0 type bridge
ip link set cni0 up

# Runs a command among the node's own processes.
cat > /run/join << JOIN
for folder in $groups; do echo \$\$ > "\$folder/cgroup.procs"; done
exec "\$@"
JOIN

# Runs a command in a container's control group where crun does not: joinContainer <path> <command ...>
# CRIU dumps the groups of all hierarchies with everything below, and makes them again at a restore. From the root of one
# it would take those of all other containers, twice as many with each restore.
cat > /run/joinContainer << JOIN
folder=$unmanaged\$1
shift
if [ -n "$unmanaged" ]; then
  mkdir -p "\$folder"
  echo \$\$ > "\$folder/cgroup.procs"
fi
exec "\$@"
JOIN

# Orphans of the namespaces become children of this process. It collects them while it waits for the lab to close its end of the pipe.
exec 3<&0
echo ready
cat <&3 > /dev/null &
wait

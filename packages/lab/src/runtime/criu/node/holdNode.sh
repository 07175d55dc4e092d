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
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  # A group with processes of its own cannot give controllers to groups below it.
  mkdir sys/fs/cgroup/node
  groups=/sys/fs/cgroup/node
  echo 1 > sys/fs/cgroup/node/cgroup.procs
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
fi
mount --rbind /dev dev
mount -t tmpfs -o mode=755 tmpfs run
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

cat > /run/join << JOIN
for folder in $groups; do echo \$\$ > "\$folder/cgroup.procs"; done
exec "\$@"
JOIN

# Orphans of the namespaces become children of this process, which has no time for them.
trap '' CHLD
echo ready
exec cat > /dev/null

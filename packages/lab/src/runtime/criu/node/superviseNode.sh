# Runs a node's namespaces in control groups of their own and removes those when the node is gone.
# It ends when its standard input does, so nothing outlives a lab that was killed.
# Usage: sh superviseNode.sh <control group name> <hold script> <arguments of the hold script ...>
set -u
name=$1
shift

cgroup2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
folders=
while IFS=: read -r _ controllers path; do
  parent=/sys/fs/cgroup/${controllers#name=}${path%/}
  if [ -z "$controllers" ]; then parent=$cgroup2${path%/}; fi
  [ -e "$parent/cgroup.procs" ] || continue
  mkdir "$parent/$name" || exit 1
  folders="$folders $parent/$name"
  case $controllers in
    *cpuset*)
      cat "$parent/cpuset.cpus" > "$parent/$name/cpuset.cpus"
      cat "$parent/cpuset.mems" > "$parent/$name/cpuset.mems"
      ;;
  esac
done < /proc/self/cgroup

sh -c '
  for folder in $0; do echo $$ > "$folder/cgroup.procs" || exit 1; done
  exec unshare --cgroup --mount --pid --net --ipc --uts --fork --kill-child --propagation private sh "$@"
' "$folders" "$@"
code=$?

# A process that is being killed may hold its control group for a moment longer.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  find $folders -depth -type d -exec rmdir {} + 2> /dev/null
  left=
  for folder in $folders; do if [ -e "$folder" ]; then left=yes; fi; done
  [ -z "$left" ] && break
  sleep 0.1
done
exit $code

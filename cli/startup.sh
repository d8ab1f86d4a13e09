#!/usr/bin/env bash
# How long a whole "./tyer run x -- true" takes, beside a Java program that does nothing, started in turn:
#
#   cli/startup.sh [RUNS]
#
# prints the medians of wall and CPU time (user and system), and of the ratio of each pair.
set -euo pipefail

runs=${1:-11}
if [[ ! $runs =~ ^[1-9][0-9]*$ ]]; then
  echo "startup.sh: RUNS is a number from 1, not '$runs'" >&2
  exit 64
fi
root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
echo 'public class Empty { public static void main(String[] a) {} }' >"$work/Empty.java"
"${java}c" -d "$work" "$work/Empty.java"
export XDG_STATE_HOME=$work
unset "${!TYER_@}"

# Milliseconds: wall, then CPU.
measure() {
  local TIMEFORMAT='%R %U %S' times
  times=$({ time "$@" >/dev/null 2>"$work/err"; } 2>&1) || { cat "$work/err" >&2; exit 1; }
  awk '{ printf "%d %d\n", $1 * 1000 + 0.5, ($2 + $3) * 1000 + 0.5 }' <<<"$times"
}

tyer() { measure "$root/tyer" run x -- true; }
empty() { measure "$java" -cp "$work" Empty; }

tyer >/dev/null # builds what is missing
empty >/dev/null
for ((i = 0; i < runs; i++)); do
  echo "$(tyer) $(empty)"
done >"$work/runs"

# The median of a column that awk computes.
median() {
  awk "{ print $1 }" "$work/runs" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

printf '%-28s %8s %8s\n' "medians of $runs" wall CPU
printf '%-28s %5s ms %5s ms\n' 'tyer run x -- true' "$(median '$1')" "$(median '$2')"
printf '%-28s %5s ms %5s ms\n' 'empty Java main' "$(median '$3')" "$(median '$4')"
printf '%-28s %8.2f %8.2f\n' ratio "$(median '$1 / $3')" "$(median '$2 / $4')"

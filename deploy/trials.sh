# What the trials of this directory share; sourced by them, after `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
declare -A pids=() # of members, by their names
clients=()         # pids of what uses them

say() {
  printf '%s %s\n' "$(date +%T)" "$*"
}

fail() {
  say "FAILED: $*" >&2
  tail -n 5 "$work"/*.log >&2 || true
  exit 1
}

# Overridden by whoever has more to clear away.
clear_away() {
  :
}

end() {
  local status=$?
  trap - EXIT
  touch "$work/enough" # for those that go on until it is there
  local pid
  for pid in ${clients[@]+"${clients[@]}"} ${pids[@]+"${pids[@]}"}; do
    pkill -P "$pid" 2>/dev/null || true
    kill "$pid" 2>/dev/null || true
  done
  for ((i = 0; i < 30; i++)); do
    [[ -n $(jobs -pr) ]] || break
    sleep 0.5
  done
  for pid in $(jobs -pr); do
    pkill -KILL -P "$pid" 2>/dev/null || true
    kill -KILL "$pid" 2>/dev/null || true
  done
  clear_away
  rm -rf "$work"
  exit "$status"
}
trap end EXIT

# stop ID [SIGNAL]: a member, and waits until it has ended.
stop() {
  kill -"${2:-TERM}" "${pids[$1]}"
  wait "${pids[$1]}" 2>/dev/null || true
  unset "pids[$1]"
}

# settled COUNT COMMAND…: waits until so many members answer, agree who leads, and lag behind nobody; prints who leads.
# The command is 'tyer server status --json …'.
settled() {
  local status leader count=$1 until=$((SECONDS + 60))
  shift
  while ((SECONDS < until)); do
    if status=$("$@" 2>"$work/status.log") && leader=$(python3 -c '
import json, sys
members = json.loads(sys.argv[1])["members"]
leading = [m["id"] for m in members if m.get("leading")]
if len(members) != int(sys.argv[2]) or len(leading) != 1:
    sys.exit(1)
if any("lag" not in m or m["lag"] for m in members):
    sys.exit(1)
print(leading[0])' "$status" "$count"); then
      printf '%s' "$leader"
      return
    fi
    sleep 0.5
  done
  fail "the members do not agree after a minute: ${status:-no answer}"
}

# held NAME COMMAND…: the fencing token of whoever holds this lock; nothing if nobody does. The command is 'tyer locks --json …'.
held() {
  local name=$1
  shift
  "$@" "$name" 2>>"$work/held.log" | python3 -c '
import json, sys
print(*(place["token"] for lock in json.load(sys.stdin)["locks"] for place in lock["line"] if place["state"] == "held"))'
}

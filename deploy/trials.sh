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

# settled COUNT COMMAND…: waits until so many members answer, agree who leads, and have applied all that the leader had
# applied when they were first seen to; prints who leads. While clients use them, nobody is ever seen to lag behind by
# nothing. The command is 'tyer server status --json …'.
settled() {
  local status answer why='' goal='' count=$1 until=$((SECONDS + 180))
  shift
  while ((SECONDS < until)); do
    if ! status=$("$@" 2>"$work/status.log"); then
      why=$(<"$work/status.log")
    elif answer=$(python3 - "$status" "$count" "$goal" 2>"$work/status.log" <<'END'
import json, sys
try:
    members = json.loads(sys.argv[1])["members"]
    count, goal = int(sys.argv[2]), sys.argv[3]
    leading = [m for m in members if m.get("leading")]
    if len(members) != count or len(leading) != 1:
        sys.exit(f"{len(members)} members of {count}, {len(leading)} lead")
    silent = [m["id"] for m in members if "applied" not in m]
    if silent:
        sys.exit(f"no answer of {', '.join(silent)}")
    applied = min(m["applied"] for m in members)
    goal = int(goal or leading[0]["applied"])
    print(leading[0]["id"] if applied >= goal else "", goal)
except (ValueError, KeyError, TypeError) as wrong:
    sys.exit(f"not what 'tyer server status --json' says: {wrong!r}")
END
    ); then
      goal=${answer##* }
      if [[ -n ${answer% *} ]]; then
        printf '%s' "${answer% *}"
        return
      fi
      why="somebody has not applied $goal"
    else
      why=$(<"$work/status.log")
    fi
    sleep 0.5
  done
  fail "the members have not settled within three minutes: $why; ${status:-no answer}"
}

# held NAME COMMAND…: the fencing token of whoever holds this lock; nothing if nobody does. The command is
# 'tyer locks --json …'.
held() {
  local name=$1 locks
  shift
  locks=$("$@" "$name" 2>>"$work/held.log") || return
  python3 - "$locks" 2>>"$work/held.log" <<'END'
import json, sys
try:
    locks = json.loads(sys.argv[1])["locks"]
    print(*(place["token"] for lock in locks for place in lock["line"] if place["state"] == "held"))
except (ValueError, KeyError, TypeError) as wrong:
    sys.exit(f"not what 'tyer locks --json' says: {wrong!r}")
END
}

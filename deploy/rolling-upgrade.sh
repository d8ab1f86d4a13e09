#!/usr/bin/env bash
# Upgrades three real members one after the other, from an earlier commit to this working tree, while one client holds a
# lock and two take turns, one of either version. Nobody may lose a lease, fail, or get in beside another. Then access
# tokens are begun with, as docs/server.md says, and the earlier program is to refuse what it cannot read.
#
#   deploy/rolling-upgrade.sh [COMMIT]    by default the last one before access tokens
#
# Takes three minutes, most of them for building; needs git's history, ports 27871 to 27876, and what the build needs.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
commit=${1:-9e958c2^}
ids=(a b c)
work=$(mktemp -d)
former=$work/former
declare -A pids=()
clients=()

say() {
  printf '%s %s\n' "$(date +%T)" "$*"
}

fail() {
  say "FAILED: $*" >&2
  tail -n 5 "$work"/*.log >&2 || true
  exit 1
}

end() {
  local status=$?
  trap - EXIT
  kill "${clients[@]}" "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  git -C "$root" worktree remove --force "$former" 2>/dev/null || true
  rm -rf "$work"
  exit "$status"
}
trap end EXIT

client() {
  printf '127.0.0.1:%d' "$((27871 + $1))"
}

peer() {
  printf '127.0.0.1:%d' "$((27874 + $1))"
}

# start TREE NUMBER OPTION…: that member, by that tree's program.
start() {
  local tree=$1 number=$2 id=${ids[$2]} all='' i
  for i in 0 1 2; do
    all+=${all:+,}${ids[i]}=$(peer "$i")/$(client "$i")
  done
  "$tree/tyer" server --id "$id" --data "$work/$id" --cluster upgrade --listen "$(client "$number")" --peers "$all" \
    --plaintext "${@:3}" >>"$work/member-$id.log" 2>&1 &
  pids[$id]=$!
}

stop() {
  local id=${ids[$1]}
  kill "${pids[$id]}"
  wait "${pids[$id]}" || true
}

# Waits until all three answer, have the same leader and lag behind nobody; prints who leads.
settled() {
  local i status leaders
  for ((i = 0; i < 120; i++)); do
    if status=$("$root/tyer" server status --plaintext --server "$(client 0)" --json "$@" 2>"$work/status.log") &&
      leaders=$(python3 - "$status" <<'PY'
import json, sys
members = json.loads(sys.argv[1])["members"]
up = [m for m in members if m.get("reachable", True) and "error" not in m]
leading = [m["id"] for m in up if m.get("leading")]
if len(up) != 3 or len(leading) != 1 or any(m.get("lag") for m in up):
    sys.exit(1)
print(leading[0])
PY
      ); then
      printf '%s' "$leaders"
      return
    fi
    sleep 0.5
  done
  fail "the members do not agree after a minute: ${status:-no answer}"
}

store="tyer://$(client 0),$(client 1),$(client 2)?plaintext=true"

# turns TREE NAME: adds to a file under a lock, over and over, and counts for itself how often it has.
turns() {
  local mine=0
  until [[ -e $work/enough ]]; do
    "$1/tyer" run --store "$store" counter -- \
      bash -c 'n=$(<"$0"); sleep 0.02; echo $((n + 1)) >"$0"' "$work/counter" || break
    mine=$((mine + 1))
    echo "$mine" >"$work/turns-$2"
  done
  [[ -e $work/enough ]]
}

held() {
  "$root/tyer" locks --store "$store" --json held 2>>"$work/held.log" | python3 -c '
import json, sys
print([[h["token"] for h in line["holders"]] for line in json.load(sys.stdin)["locks"]])'
}

say "building both: $(git -C "$root" rev-parse --short "$commit") and this tree"
git -C "$root" worktree add -q --detach "$former" "$commit"
for tree in "$former" "$root"; do
  "$tree/tyer" --version >/dev/null 2>"$work/build.log" || fail "$tree does not build"
  "$tree/tyer" server --help >/dev/null 2>>"$work/build.log" || fail "$tree does not build"
done

for i in 0 1 2; do start "$former" "$i"; done
say "three members of the former release; $(settled) leads"
echo 0 >"$work/counter"
"$former/tyer" run --store "$store" held -- sleep 100000 >"$work/holder.log" 2>&1 &
holder=$!
turns "$former" former >"$work/turns-of-former.log" 2>&1 &
one=$!
turns "$root" new >"$work/turns-of-new.log" 2>&1 &
two=$!
clients=("$holder" "$one" "$two")
until token=$(held) && [[ $token == *[0-9]* ]]; do
  kill -0 "$holder" || fail "the holder has ended"
  sleep 0.2
done

for i in 0 1 2; do
  stop "$i"
  start "$root" "$i"
  leader=$(settled)
  say "${ids[i]} is upgraded; $leader leads; $(<"$work/counter") turns taken"
  kill -0 "$holder" "$one" "$two" || fail "a client has ended"
  [[ $(held) == "$token" ]] || fail "the lock's token was $token, and is $(held)"
done
before=$(<"$work/counter")
sleep 3
(($(<"$work/counter") > before)) || fail "nobody takes turns any more"
touch "$work/enough"
wait "$one" || fail "a turn of the former client has failed"
wait "$two" || fail "a turn of the new client has failed"
sum=$(($(<"$work/turns-former") + $(<"$work/turns-new")))
(($(<"$work/counter") == sum)) || fail "$sum turns were taken, but $(<"$work/counter") are counted"
say "$sum turns, none lost; the holder has held under one token throughout"
kill "$holder"
wait "$holder" || true
clients=()

(umask 077 && "$root/tyer" token operator >"$work/operator-token")
for i in 0 1 2; do
  stop "$i"
  start "$root" "$i" --operator-token "$work/operator-token"
  leader=$(settled --token-file "$work/operator-token")
done
(umask 077 && "$root/tyer" token create --grant acquire,read --plaintext --server "$(client 0)" \
  --token-file "$work/operator-token" >"$work/client-token")
"$root/tyer" run --store "$store&token-file=$work/client-token" counter -- true || fail "no lock by a token"
if "$root/tyer" run --wait 5s --store "$store" counter -- true 2>"$work/without.log"; then
  fail "a client without a token was let in"
fi
say "all demand tokens; $leader leads"

stop 2
start "$former" 2
if timeout 20 bash -c "while kill -0 ${pids[c]} 2>/dev/null; do sleep 0.2; done"; then
  say "the former release does not start on what this one has written: $(tail -n 1 "$work/member-c.log")"
else
  fail "the former release runs on what it cannot read"
fi

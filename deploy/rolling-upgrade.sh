#!/usr/bin/env bash
# Upgrades three real members one after the other, from an earlier commit to this working tree, while one client holds a
# lock and two take turns, one of either version. Nobody may lose a lease, fail, or get in beside another. Then access
# tokens are begun with, as docs/server.md says, and the earlier program is to refuse what it cannot read.
#
#   deploy/rolling-upgrade.sh [COMMIT]    by default the last one before access tokens
#
# Takes five minutes, most of them for building; needs git's history, python3, ports 27871 to 27876, and what the build
# needs.
set -euo pipefail
source "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/trials.sh"

commit=${1:-9e958c2^}
ids=(a b c)
former=$work/former

clear_away() {
  git -C "$root" worktree remove --force "$former" 2>/dev/null || true
}

client() {
  printf '127.0.0.1:%d' "$((27871 + $1))"
}

# start TREE NUMBER OPTION…: that member, by that tree's program.
start() {
  local tree=$1 id=${ids[$2]} all='' i
  for i in 0 1 2; do
    all+=${all:+,}${ids[i]}=127.0.0.1:$((27874 + i))/$(client "$i")
  done
  local insecure=()
  if "$tree/tyer" server --help | grep -q -- --insecure-peers; then insecure=(--insecure-peers); fi
  "$tree/tyer" server --id "$id" --data "$work/$id" --cluster upgrade --listen "$(client "$2")" --peers "$all" \
    --plaintext "${insecure[@]}" "${@:3}" >>"$work/member-$id.log" 2>&1 &
  pids[$id]=$!
}

# leader OPTION…: once all three agree.
leader() {
  settled 3 "$root/tyer" server status --plaintext --server "$(client 0)" --json "$@"
}

store="tyer://$(client 0),$(client 1),$(client 2)?plaintext=true"

# turns TREE NAME: adds to a file under a lock, over and over, and counts for itself how often it has.
turns() {
  local mine=0
  until [[ -e $work/enough ]]; do
    "$1/tyer" run --wait 60s --store "$store" counter -- \
      bash -c 'n=$(<"$0"); sleep 0.02; echo $((n + 1)) >"$0.$$" && mv "$0.$$" "$0"' "$work/counter"
    mine=$((mine + 1))
    echo "$mine" >"$work/turns-$2"
  done
}

say "building both: $(git -C "$root" rev-parse --short "$commit") and this tree"
git -C "$root" worktree add -q --detach "$former" "$commit"
for tree in "$former" "$root"; do
  "$tree/tyer" --version >"$work/build.log" 2>&1 || fail "$tree does not build"
  "$tree/tyer" server --help >"$work/build.log" 2>&1 || fail "$tree does not build"
done

for i in 0 1 2; do start "$former" "$i"; done
first=$(leader)
say "three members of the former release; $first leads"
echo 0 >"$work/counter"
"$former/tyer" run --store "$store" held -- sleep 100000 >"$work/holder.log" 2>&1 &
holder=$!
turns "$former" former >"$work/turns-of-former.log" 2>&1 &
one=$!
turns "$root" new >"$work/turns-of-new.log" 2>&1 &
two=$!
clients=("$holder" "$one" "$two")
look=(held held "$root/tyer" locks --store "$store" --json)
until token=$("${look[@]}") && [[ -n $token ]]; do
  kill -0 "$holder" || fail "the holder has ended"
  sleep 0.2
done

for i in 0 1 2; do
  stop "${ids[i]}"
  start "$root" "$i"
  leads=$(leader)
  say "${ids[i]} is upgraded; $leads leads; $(<"$work/counter") turns taken"
  for pid in "${clients[@]}"; do
    kill -0 "$pid" || fail "a client has ended"
  done
  now=$("${look[@]}") || fail "locks are not listed"
  [[ $now == "$token" ]] || fail "the lock's token was $token, and is $now"
done
before=$(<"$work/counter")
sleep 3
(($(<"$work/counter") > before)) || fail "nobody takes turns any more"
touch "$work/enough"
wait "$one" || fail "a turn of the former client has failed"
wait "$two" || fail "a turn of the new client has failed"
sum=$(($(<"$work/turns-former") + $(<"$work/turns-new")))
(($(<"$work/counter") == sum)) || fail "$sum turns were taken, but $(<"$work/counter") are counted"
say "$sum turns, none lost; one client has held its lock under one token throughout"
kill "$holder"
wait "$holder" || true
clients=()

(umask 077 && "$root/tyer" token operator >"$work/operator-token")
for i in 0 1 2; do
  stop "${ids[i]}"
  start "$root" "$i" --operator-token "$work/operator-token"
  leads=$(leader --token-file "$work/operator-token")
done
(umask 077 && "$root/tyer" token create --grant acquire,read --plaintext --server "$(client 0)" \
  --token-file "$work/operator-token" >"$work/client-token")
"$root/tyer" run --wait 60s --store "$store&token-file=$work/client-token" counter -- true || fail "no lock by a token"
if "$root/tyer" run --wait 5s --store "$store" counter -- true 2>"$work/without.log"; then
  fail "a client without a token was let in"
fi
grep -q 'wants an access token' "$work/without.log" || fail "it was refused for another reason"
say "all demand tokens; $leads leads"

stop c
mv "$work/member-c.log" "$work/member-c-before.log"
start "$former" 2
timeout 30 bash -c 'while kill -0 "$0" 2>/dev/null; do sleep 0.2; done' "${pids[c]}" ||
  fail "the former release runs on what it cannot read"
why=$(grep -m 1 'newer release' "$work/member-c.log") || fail "the former release has ended for another reason"
say "the former release does not run on what this one has written: $why"

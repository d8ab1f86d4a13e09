#!/usr/bin/env bash
# What docs/server.md tells an operator, done on this machine, at three addresses of loopback: from one member to three
# with TLS and access tokens, monitoring, restarts, a killed leader, a lead handed over, a disk lost, while a client
# holds a lock; then all disks are lost, and a new group takes its place. Every step is checked. To be run, and to be
# read as a recipe.
#
#   deploy/trial.sh
#
# Takes three minutes; needs what the build needs, and openssl, curl, python3.
set -euo pipefail
source "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/trials.sh"

tyer=$root/tyer
declare -A hosts=([a]=127.0.0.1 [b]=127.0.0.2 [c]=127.0.0.3)

# start ID OPTION…: the member at its host.
start() {
  local host=${hosts[$1]}
  "$tyer" server --id "$1" --data "$work/$1" --cluster trial --listen "$host:27878" --http "$host:27880" \
    --tls-cert "$work/tls/$host/server.pem" --tls-key "$work/tls/$host/server.key" \
    --peer-tls-cert "$work/tls/$host/peer.pem" --peer-tls-key "$work/tls/$host/peer.key" \
    --peer "$host:27879" --peer-ca "$work/tls/peers-ca.pem" --operator-token "$work/tls/operator-token" \
    "${@:2}" >>"$work/$1.log" 2>&1 &
  pids[$1]=$!
}

# add ID: the member, which may still be starting.
add() {
  local host=${hosts[$1]} until=$((SECONDS + 60))
  until "$tyer" server add "$1" "${admin[@]}" --peer "$host:27879" --client "$host:27878" --http "$host:27880" \
    >"$work/add.log" 2>&1; do
    kill -0 "${pids[$1]}" || fail "$1 has ended"
    ((SECONDS < until)) || fail "$1 cannot be added: $(<"$work/add.log")"
    sleep 1
  done
}

admin=(--server "127.0.0.1:27878" --tls-ca "$work/tls/servers-ca.pem" --token-file "$work/tls/operator-token")

# leader COUNT: once so many agree. Asked of a member that is up.
leader() {
  settled "$1" "$tyer" server status "${admin[@]}" --json
}

store="tyer://127.0.0.1:27878,127.0.0.2:27878,127.0.0.3:27878?tls-ca=$work/tls/servers-ca.pem&token-file=$work/shop-token"
look=(held held "$tyer" locks --store "$store" --json)

"$tyer" --version >"$work/build.log" 2>&1 || fail "the command line does not build"
"$tyer" server --help >"$work/build.log" 2>&1 || fail "the server does not build"
began=$SECONDS

"$root/deploy/certificates.sh" "$work/tls" 127.0.0.1 127.0.0.2 127.0.0.3 >"$work/certificates.log"
start a --peers a=127.0.0.1:27879/127.0.0.1:27878/127.0.0.1:27880
leads=$(leader 1)
say "one member, with TLS: $leads leads"

(umask 077 && "$tyer" token create "${admin[@]}" --grant acquire,read:shop --grant acquire,read:held --label shop \
  --expires-in 90d >"$work/shop-token")
"$tyer" run --store "$store" held -- sleep 100000 >"$work/holder.log" 2>&1 &
holder=$!
clients=("$holder")
until token=$("${look[@]}") && [[ -n $token ]]; do
  kill -0 "$holder" || fail "the holder has ended"
  sleep 0.2
done
if "$tyer" run --no-wait --store "$store" others -- true 2>"$work/others.log"; then
  fail "a token for shop and held took another lock"
fi
grep -q 'has not the right' "$work/others.log" || fail "it was refused for another reason"
say "a token for the names that begin with shop and held: one client holds 'held', by the fencing token $token"

for id in b c; do
  start "$id" --join
  add "$id"
done
leads=$(leader 3)
say "three members: $leads leads"

for id in a b c; do
  curl -fsS --cacert "$work/tls/servers-ca.pem" "https://${hosts[$id]}:27880/readyz" >/dev/null || fail "$id is not ready"
  curl -fsS --cacert "$work/tls/servers-ca.pem" "https://${hosts[$id]}:27880/metrics" >"$work/metrics"
  grep -q '^tyer_server_members 3' "$work/metrics" || fail "$id does not count three members"
done
say "all are ready, and tell their metrics"

(umask 077 && "$tyer" token export "${admin[@]}" >"$work/tokens-backup")
for id in a b c; do
  stop "$id"
  start "$id"
  leads=$(leader 3)
done
kill -0 "$holder" || fail "the holder has ended"
[[ $("${look[@]}") == "$token" ]] || fail "the lock has been lost by restarts"
say "tokens are backed up; each member has been stopped and started, as for an upgrade; the lock is held as before"

stop "$leads" KILL
"$tyer" run --wait 60s --store "$store" shop/1 -- true || fail "no lock without $leads"
kill -0 "$holder" || fail "the holder has ended"
[[ $("${look[@]}") == "$token" ]] || fail "the lock has been lost with the leader"
start "$leads"
killed=$leads
leads=$(leader 3)
[[ $leads != "$killed" ]] || fail "$killed leads, as if it had not been killed"
say "$killed was killed: $leads led on, the lock is held as before"

for id in a b c; do
  if [[ $id != "$leads" ]]; then next=$id; fi
done
"$tyer" server transfer "$next" "${admin[@]}" >"$work/transfer.log" || fail "$leads does not hand its lead over"
leads=$(leader 3)
[[ $leads == "$next" ]] || fail "the lead went to $leads, not to $next"
for id in b c; do
  if [[ $id != "$leads" ]]; then lost=$id; fi
done
stop "$lost" KILL
rm -rf "${work:?}/$lost"
"$tyer" server remove "$lost" "${admin[@]}" >"$work/remove.log" || fail "$lost cannot be removed"
data=$lost-again
hosts[$data]=${hosts[$lost]}
start "$data" --join
add "$data"
leads=$(leader 3)
[[ $("${look[@]}") == "$token" ]] || fail "the lock has been lost with a disk"
say "the lead was handed over; $lost has lost its disk and is in again as $data; the lock is held as before"

for id in "${!pids[@]}"; do stop "$id" KILL; done
for ((i = 0; i < 60; i++)); do
  kill -0 "$holder" 2>/dev/null || break
  sleep 1
done
if wait "$holder" 2>/dev/null || ! grep -q 'lost' "$work/holder.log"; then
  fail "the holder has not been told of its loss"
fi
clients=()
peers=''
for id in a b c; do
  rm -rf "${work:?}/$id"
  peers+=${peers:+,}$id=${hosts[$id]}:27879/${hosts[$id]}:27878/${hosts[$id]}:27880
done
for id in a b c; do start "$id" --peers "$peers"; done
leads=$(leader 3)
"$tyer" token import "${admin[@]}" "$work/tokens-backup" >"$work/import.log"
after=$("$tyer" run --wait 60s --store "$store" held -- sh -c 'echo "$TYER_TOKEN"') || fail "the clients' token does not count"
((after > token)) || fail "fencing tokens do not go on: $after after $token"
say "all disks were lost, and the holder was told of its loss: a new group, with the tokens of the backup; $leads leads, fencing tokens go on: $after"
say "done within $((SECONDS - began)) s"

#!/usr/bin/env bash
# Checks lease.pml with every set of parameters in the table below. What should hold must hold in every state there is,
# what should break must be found broken. One line each: what was found, what was asked, states, seconds of the search.
# Anything but what is expected, or a search that was cut short, is an error. Two searches run at once.
set -uo pipefail
model=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/lease.pml
cc=${CC:-cc}

if ! command -v spin >/dev/null || ! "$cc" -E -include stdio.h - </dev/null >/dev/null 2>&1; then
  echo "check.sh: needs spin and a C compiler with its headers (Debian: apt install spin gcc libc6-dev)" >&2
  exit 2
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
asked=0

search() {
  cp "$model" lease.pml && spin "$@" -a lease.pml \
    && "$cc" -O1 -w -DSAFETY -DBFS -DNOFAIR -DMEMLIM=3000 -o pan pan.c && ./pan
}

# judge holds|broken WHAT PARAMETER..., in a directory of its own: prints the line, and fails if it is not as expected.
judge() {
  local expected=$1 what=$2 verdict=ok found states seconds
  shift 2
  search "${@/#/-D}" >log 2>&1
  states=$(sed -nE 's/^ *([0-9.e+]+) states, stored.*/\1/p' log)
  seconds=$(sed -nE 's/^pan: elapsed time ([0-9.e+]+) seconds.*/\1/p' log)
  if grep -q '^pan:1: assertion violated' log; then
    found=broken
  elif grep -q 'errors: 0$' log && ! grep -qE 'MEMLIM bound|not completed|too small|out of memory' log; then
    found=holds
  else
    found=unknown
  fi
  [[ $found == "$expected" ]] || verdict="ERROR: $expected was expected, with $*"
  printf '%-7s %-66s %8s %5s  %s\n' "$found" "$what" "${states:-?}" "${seconds:-?}" "$verdict"
  [[ $found != unknown ]] || tail -n 20 log
  [[ $verdict == ok ]]
}

# check holds|broken WHAT PARAMETER...: as soon as one of the searches before it has ended.
check() {
  local place=$work/$((asked++))
  while (($(jobs -rp | wc -l) >= 2)); do
    wait -n
  done
  mkdir "$place"
  (cd "$place" && judge "$@" >line && touch as-expected) &
}

# Prints the lines in their order.
report() {
  local i status=0
  wait
  for ((i = 0; i < asked; i++)); do
    cat "$work/$i/line" || status=1
    [[ -e $work/$i/as-expected ]] || status=1
  done
  exit "$status"
}

all=(CHECK_S1 CHECK_S5 CHECK_WRITES)
unbounded=(PAUSE=FOREVER TTL=3 MARGIN=1)
late=(CHECK_WRITES PAUSE=FOREVER TTL=3 MARGIN=1 DRIFT=0)
progress=(CHECK_PROGRESS PROMPT=1 TTL=3 MARGIN=1)

check holds 'S1, S5, order of writes: margin > drift' "${all[@]}" MARGIN=2
check broken 'S1: clocks drift, and there is no margin' CHECK_S1 TTL=2 MARGIN=0
check holds 'S1: margin = drift' CHECK_S1 TTL=3 MARGIN=1
check broken 'S5: margin = drift' CHECK_S5 TTL=3 MARGIN=1
check holds 'S1, S5: margin > drift + pause' CHECK_S1 CHECK_S5 TTL=5 MARGIN=3 PAUSE=1
check broken 'S5: margin = drift + pause' CHECK_S5 MARGIN=2 PAUSE=1
check broken 'order of writes: the same, who loses a session ends it at once' CHECK_WRITES DRIFT=0 MARGIN=2 PAUSE=1
check holds 'order of writes: the same, it is left to be forgotten' CHECK_WRITES ENDS=0 DRIFT=0 MARGIN=2 PAUSE=1
check broken 'order of writes: margin < drift + pause' CHECK_WRITES ENDS=0 DRIFT=0 TTL=2 MARGIN=0 PAUSE=1
check holds 'S1: pauses without bound' CHECK_S1 "${unbounded[@]}"
check broken 'S5: pauses without bound' CHECK_S5 "${unbounded[@]}"
check broken 'order of writes: pauses without bound' "${late[@]}"
check holds 'order of writes: pauses without bound, fenced' "${late[@]}" FENCE=1
check broken 'order of writes: fenced by tokens in the order of asking' "${late[@]}" FENCE=1 TOKEN_BY_ASKING=1
check holds 'progress: a recall may be lost, the line is read again' "${progress[@]}"
check broken 'progress: the same within one tick less' "${progress[@]}" BOUND=1
check broken 'progress: a recall may be lost, the line is not read again' "${progress[@]}" REREAD=FOREVER
check holds 'progress: no recall is lost, the line is not read again' "${progress[@]}" REREAD=FOREVER RECALL_LOST=0 BOUND=0
check broken 'S1: beats count from their answers' CHECK_S1 DRIFT=0 MARGIN=1 COUNT_FROM_ANSWER=1
check broken 'S1: a recalled ticket is given back under a lease' CHECK_S1 GIVE_UNDER_LEASE=1
report

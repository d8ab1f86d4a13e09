#!/usr/bin/env bash
# Makes what a trial needs: certificates.sh DIRECTORY HOST...
#
# Two authorities, whose keys stay in DIRECTORY: one vouches for members towards clients; one, for nobody else, for
# members towards each other. In DIRECTORY/HOST what the member on that host needs, and the token of the operator for
# all of them. For real, use the authorities that you have.
set -euo pipefail
umask 077

fail() {
  printf 'certificates.sh: %s\n' "$*" >&2
  exit 2
}

(($# >= 2)) || fail "usage: certificates.sh DIRECTORY HOST..."
directory=$1
shift
[[ ! -e $directory ]] || fail "$directory is there already: what it holds is not overwritten"
for host in "$@"; do
  [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$ ]] || fail "'$host' is no host's name or address"
done
type -P openssl >/dev/null || fail "no openssl found: install it"
days=365

mkdir -p "$directory"
cd "$directory"

authority() { # NAME SUBJECT
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj "/CN=$2" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$1.key" -out "$1.pem" 2>/dev/null
}

certificate() { # AUTHORITY HOST NAME USAGE
  local names=DNS:$2
  if [[ $2 =~ ^[0-9.]+$ ]]; then names=IP:$2; fi
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
    -keyout "$2/$3.key" -out "$2/$3.csr" 2>/dev/null
  printf '%s\n' "basicConstraints=critical,CA:FALSE" "keyUsage=critical,digitalSignature" \
    "extendedKeyUsage=$4" "subjectAltName=$names,DNS:localhost,IP:127.0.0.1" >"$2/$3.ext"
  openssl x509 -req -in "$2/$3.csr" -CA "$1.pem" -CAkey "$1.key" -CAcreateserial -days "$days" \
    -extfile "$2/$3.ext" -out "$2/$3.pem" 2>/dev/null
  rm "$2/$3.csr" "$2/$3.ext"
}

authority servers-ca "Tyer trial, members towards clients"
authority peers-ca "Tyer trial, members among themselves"
for host in "$@"; do
  mkdir "$host"
  certificate servers-ca "$host" server serverAuth
  certificate peers-ca "$host" peer serverAuth,clientAuth
done

# As 'tyer token operator' makes it: 16 zeros for the operator, and 256 random bits.
secret=$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n')
printf 'tyer_0000000000000000_%s\n' "$secret" >operator-token

printf 'In %s: per host server.pem, server.key, peer.pem, peer.key; for all operator-token, peers-ca.pem; for clients servers-ca.pem.\n' \
  "$directory"

#!/usr/bin/env bash
# Whether the door of the member on this machine can be connected to: healthy.sh [PORT]. Needs no tools.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:-7878}"

#!/bin/sh
# Writes which version is built, and of which commit where git knows one:
#
#   version.sh VERSION DIRECTORY_OF_CLASSES
set -eu

version=$1
commit=
target=$2/io/tyer/command
cd "$(dirname -- "$0")"
mkdir -p "$target"
# Of this tree, not of another one in which its sources lie unpacked.
if git ls-files --error-unmatch version.sh >/dev/null 2>&1; then
  commit=$(git describe --always --dirty=', changed' --abbrev=12 --exclude='*' 2>/dev/null) || commit=
fi
echo "$version${commit:+ (commit $commit)}" >"$target/version"

# Sourced by what builds from this working tree: builds of all kinds write into the same directories.

# locked FILE COMMAND: does this while nobody else does what is locked by the same file.
locked() {
  mkdir -p "${1%/*}"
  if type -P flock >/dev/null; then
    # It is done in a subshell, and the lock ends with its file descriptor.
    (
      flock 9
      "$2"
    ) 9>"$1"
    return
  fi
  # Without flock: a directory is the lock; one whose owner is gone is taken away.
  local dir=$1.d owner
  until mkdir "$dir" 2>/dev/null; do
    owner=$(cat "$dir/pid" 2>/dev/null || true)
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$dir"
    else
      sleep 0.2
    fi
  done
  echo $$ >"$dir/pid"
  trap 'rm -rf "$dir"' EXIT
  "$2"
  rm -rf "$dir"
  trap - EXIT
}

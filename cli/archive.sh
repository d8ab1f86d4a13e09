#!/bin/sh
# Makes the archive of loaded classes with which the command line starts in a fraction of the time:
#
#   archive.sh LIB JAVA [tyer|tyer-redis|tyer-jdbc|tyer-remote|tyer-zookeeper|tyer-etcd]
#
# LIB is an absolute directory with the jars, JAVA the java that will run them. The archive, LIB/tyer.jsa, is what
# that java had loaded when it had run the real thing once; it fits no other java and no other place, which are noted
# in LIB/tyer.jsa.for. Everything works without it, so nothing that fails here is an error: it is told in
# LIB/tyer.jsa.log. tyer-redis.jsa, tyer-jdbc.jsa, tyer-remote.jsa, tyer-zookeeper.jsa and tyer-etcd.jsa are the same for starts
# on Redis, on databases, on the lock server, on ZooKeeper and on etcd: they are larger, and a start on files is not to pay for that.
set -u

lib=$1
java=$(readlink -f -- "$2" 2>/dev/null) || java=$2
name=${3:-tyer}
options=$(dirname -- "$0")/jvm.options
archive=$lib/$name.jsa
work=$lib/archive.$$

set -- "$lib"/tyer-cli-*.jar
jar=$1

# One command with this archive option, undisturbed by what the caller has set: on a default store of its own, or on a
# server that is not there, for which all but the last few classes are needed.
train() {
  case $name in
    tyer-redis) set -- "$1" 69 --no-wait --store redis://127.0.0.1:1 ;;
    tyer-jdbc) set -- "$1" 69 --no-wait --store jdbc:postgresql://127.0.0.1:1/x ;;
    tyer-zookeeper) set -- "$1" 69 --no-wait --store zookeeper://127.0.0.1:1 ;;
    tyer-remote) set -- "$1" 69 --no-wait --store 'tyer://127.0.0.1:1?plaintext=true' ;;
    tyer-etcd) set -- "$1" 69 --no-wait --store etcd://127.0.0.1:1 ;;
    *) set -- "$1" 0 ;;
  esac
  archiving=$1
  expected=$2
  shift 2
  env -i PATH="$PATH" HOME="$work" TERM=xterm \
    "$java" "@$options" "$archiving" -cp "$jar" io.tyer.cli.Main run "$@" archive -- true </dev/null
  [ $? -eq "$expected" ]
}

# The archive is tried before it is taken: the JVM trusts a file that was cut off, and crashes.
make() {
  rm -f "$archive" "$archive.for"
  mkdir -p "$work" &&
    train "-XX:ArchiveClassesAtExit=$work/new" &&
    train "-XX:SharedArchiveFile=$work/new" &&
    mv -f "$work/new" "$archive"
}

make >"$archive.log" 2>&1
rm -rf "$work"
# Also without an archive: trying again would change nothing.
printf '%s\n%s\n' "$java" "$lib" >"$archive.for.new" && mv -f "$archive.for.new" "$archive.for"

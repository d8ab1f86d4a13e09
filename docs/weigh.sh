#!/usr/bin/env bash
# Says what each store's client puts on a user's class path: its own jar and all that comes with it, in MB, without
# database drivers (PostgreSQL's is optional). Arguments go to Maven, such as -o.
set -euo pipefail
cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
stores=(file jdbc redis remote zookeeper etcd)

# What is resolved is relative to each module's directory.
mvn -q -B -ntp -Pquick package dependency:build-classpath -Dmdep.outputFile=target/class-path.txt \
  -DincludeScope=runtime -DexcludeArtifactIds=postgresql -pl "$(printf 'stores/%s,' "${stores[@]}")core" -am "$@"

weigh() { # NAME JAR...
  local name=$1
  shift
  stat -L -c %s -- "$@" | awk -v name="$name" '{ sum += $1 } END { printf "| %s | %.1f | %d |\n", name, sum / 1e6, NR }'
}

printf '| client | MB | jars |\n|---|---|---|\n'
for module in core "${stores[@]/#/stores/}"; do
  IFS=: read -ra jars <"$module/target/class-path.txt" || [[ ${#jars[@]} -gt 0 ]]
  weigh "tyer-${module/stores\//store-}" "$module"/target/quick/tyer-*.jar "${jars[@]}"
done

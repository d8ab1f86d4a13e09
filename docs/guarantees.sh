#!/usr/bin/env bash
# Runs the contract on every store (Redis: on one server; SQL: H2; ZooKeeper, etcd, lock server: on three) and writes docs/GUARANTEES.md from the results. Needs a machine on which no behaviour
# is skipped for want of something (what .ci/run installs). Arguments go to Maven, such as -o.
set -euo pipefail
cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
rm -rf testkit-tests/target/contract stores/*/target/contract # of other runs
exec mvn -q -Pquick,full test -pl checks -am -Dmaven.test.skip=false -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='*Contract*Test,!*Brief*,!Sample*,!RedisSentinel*,!RedisCluster*,!Postgres*,!MariaDb*,!MysqlDriver*,!Sqlite*,!RemoteContract*,!ZooKeeperContract*,!EtcdContract*,GuaranteesPageTest' -Dtyer.guarantees=write "$@"

package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreScaleContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;

/** One member, with many names. */
@Requires(Needs.ETCD)
class EtcdScaleTest extends StoreScaleContract implements OnEtcd {}

package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreBriefContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;

/** One member, held to what takes seconds of the contract. */
@Requires(Needs.ETCD)
class EtcdBriefContractTest extends StoreBriefContract implements OnEtcd {}

package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreLossContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import org.junit.jupiter.api.Tag;

/** Three members, held to the contract of losses. */
@Tag("full")
@Requires(Needs.ETCD)
class EtcdTrioContractLossTest extends StoreLossContract implements OnTrio {}

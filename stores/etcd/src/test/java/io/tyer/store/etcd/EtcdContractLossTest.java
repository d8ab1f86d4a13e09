package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreLossContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import org.junit.jupiter.api.Tag;

/** One member, held to the contract of losses. */
@Tag("variant")
@Requires(Needs.ETCD)
class EtcdContractLossTest extends StoreLossContract implements OnEtcd {}

package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import org.junit.jupiter.api.Tag;

/** Three members, held to the contract. */
@Tag("full")
@Requires(Needs.ETCD)
class EtcdTrioContractTest extends StoreContract implements OnTrio {}

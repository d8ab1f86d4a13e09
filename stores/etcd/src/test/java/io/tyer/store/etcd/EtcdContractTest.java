package io.tyer.store.etcd;

import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import org.junit.jupiter.api.Tag;

/** One member, held to the contract. */
@Tag("variant")
@Requires(Needs.ETCD)
class EtcdContractTest extends StoreContract implements OnEtcd {}

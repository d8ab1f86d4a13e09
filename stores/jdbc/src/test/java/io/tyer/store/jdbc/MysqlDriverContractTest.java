package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** MySQL's driver on MariaDB (MySQL itself is untested), held to the contract. */
@Tag("variant")
class MysqlDriverContractTest extends StoreContract implements OnMysqlDriver {}

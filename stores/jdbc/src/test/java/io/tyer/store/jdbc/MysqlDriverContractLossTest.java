package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** MySQL's driver on MariaDB (MySQL itself is untested), held to the contract of losses. */
@Tag("variant")
class MysqlDriverContractLossTest extends StoreLossContract implements OnMysqlDriver {}

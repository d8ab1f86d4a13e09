package io.tyer.store.file;

import io.tyer.testkit.contract.StoreLossContract;

/** The file store, held to the contract of losses. */
class FileContractLossTest extends StoreLossContract implements OnFiles {}

package io.tyer.store.file;

import io.tyer.testkit.contract.StoreContract;

/** The file store, held to the contract. */
class FileContractTest extends StoreContract implements OnFiles {}

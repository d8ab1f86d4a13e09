package io.tyer.testkit.contract;

/** The memory store, held to the contract. */
class MemoryContractTest extends StoreContract implements OnMemory {}

package io.tyer.testkit.contract;

/** The memory store, held to the contract of losses. */
class MemoryContractLossTest extends StoreLossContract implements OnMemory {}

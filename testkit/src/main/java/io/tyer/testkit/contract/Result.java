package io.tyer.testkit.contract;

/** How a behaviour came out on a store. */
record Result(String suite, String test, Shows shows, String outcome, String reason) {}

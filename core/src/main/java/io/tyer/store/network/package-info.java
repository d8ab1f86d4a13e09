/**
 * What stores have in common whose servers are reached by host and port: how their addresses read,
 * what is wrong with TLS, and what all stores of a kind share in a JVM. It knows no client library.
 */
@NullMarked
package io.tyer.store.network;

import org.jspecify.annotations.NullMarked;

/** Tests of the transfers: killed, paused, all at once. */
@org.jspecify.annotations.NullMarked
package io.tyer.example.transfers;

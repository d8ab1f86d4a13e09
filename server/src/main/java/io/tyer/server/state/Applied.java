package io.tyer.server.state;

import java.util.List;

/**
 * What came of an entry.
 *
 * @param outcomes of its commands, in their order
 * @param notices who is to be told of what, in the order in which it happened
 */
public record Applied(List<Outcome> outcomes, List<Notice> notices) {}

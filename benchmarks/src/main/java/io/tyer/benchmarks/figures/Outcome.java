package io.tyer.benchmarks.figures;

import java.util.Map;

/**
 * What a process found.
 *
 * @param figures by key; empty unless the first player played in it
 * @param collectors the garbage collectors it ran with
 */
record Outcome(Map<String, Double> figures, String collectors) {}

package io.tyer.benchmarks.run;

import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * What a process found.
 *
 * @param figures by key; empty unless the first player played in it
 * @param collectors the garbage collectors it ran with
 */
record Outcome(LinkedHashMap<String, Double> figures, String collectors) implements Serializable {}

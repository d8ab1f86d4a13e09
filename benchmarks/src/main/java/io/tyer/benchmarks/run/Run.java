package io.tyer.benchmarks.run;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.rows.Row;

/**
 * One thing that is measured once a round.
 *
 * @param section the row it is reported in
 * @param row the row that is measured, for that subject
 */
public record Run(Row section, Row row, Address subject) {}

package io.tyer.benchmarks.figures;

/**
 * One thing that is measured once a round.
 *
 * @param section the row it is reported in
 * @param row the row that is measured, for that subject
 */
record Run(Row section, Row row, Address subject) {}

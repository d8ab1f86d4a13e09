package io.tyer.benchmarks.run;

import io.tyer.benchmarks.play.Effort;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a process is told to do.
 *
 * @param row the row's name
 * @param place an address below which all is the run's own
 * @param roles which players play in this process
 * @param players how many there are in all
 * @param board the file they share
 * @param result where the figures go, or what went wrong
 */
record Job(
    String row,
    String place,
    ArrayList<Integer> roles,
    int players,
    Effort effort,
    String board,
    String result)
    implements Serializable {}

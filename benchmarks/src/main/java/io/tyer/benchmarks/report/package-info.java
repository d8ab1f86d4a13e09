/**
 * What was found, for people: pages of figures with their targets, charts, and a picture of all
 * pages.
 */
@NullMarked
package io.tyer.benchmarks.report;

import org.jspecify.annotations.NullMarked;

/**
 * Pages and pictures that need neither network nor scripts. {@link io.tyer.drawing.Markup} writes
 * elements and escapes what stands in them, {@link io.tyer.drawing.Page} is an HTML page, {@link
 * io.tyer.drawing.Axis} says where a value is drawn, {@link io.tyer.drawing.BarChart} compares
 * values on one axis.
 */
@NullMarked
package io.tyer.drawing;

import org.jspecify.annotations.NullMarked;
